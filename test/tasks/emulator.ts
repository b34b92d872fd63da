import { DIALECTS, type DialectName } from '../emulator/dialects';
import { startEmulator } from '../emulator/emulator';

const DEFAULT_PORT = 8787;

/** `npm run emulator [-- PORT]`: the four services on this machine, until Ctrl+C. */
async function main(): Promise<void> {
  const emulator = await startEmulator({ port: Number(process.argv[2] ?? DEFAULT_PORT) });
  console.log('Base URLs for pictor.baseUrl, and the key that each one accepts (`open` stands for a custom service):');
  for (const name of Object.keys(DIALECTS) as DialectName[]) {
    console.log(`  ${name.padEnd(10)} ${emulator.baseUrl(name).padEnd(40)} ${DIALECTS[name].key ?? '(no key)'}`);
  }
  console.log(
    `Pictures lie at ${emulator.cdnOrigin}. What was billed and asked: curl -X POST ${emulator.origin}/__report`,
  );
  console.log(
    `A fault for the next request: curl ${emulator.origin}/__faults -d '{"on":"api","kind":"status","status":429,"headers":{"retry-after":"2"}}'`,
  );
}

main().catch((error: unknown) => {
  const { code } = error as NodeJS.ErrnoException;
  console.error(
    code === 'EADDRINUSE' ? 'That port, or the next one, is taken. Name another: npm run emulator -- 9000' : error,
  );
  process.exit(1);
});
