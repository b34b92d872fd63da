/** @param name of the evidence: what runs, and a number where several windows are open */
type Keeper = (name: string) => Promise<void>;

const keepers = new Set<Keeper>();

/**
 * Lets `keep` write down what there is to see when a test or a hook fails, before anything is cleaned up.
 * @returns what ends that
 */
export function keepEvidenceBy(keep: Keeper): () => void {
  keepers.add(keep);
  return () => keepers.delete(keep);
}

let current = '';

/** What is being run now, by its full title. */
export function nowRunning(title: string): void {
  current = title;
}

/** Has all evidence of a failure kept. What cannot be kept must not hide the failure. */
export async function keepEvidence(): Promise<void> {
  for (const [index, keep] of [...keepers].entries())
    await keep(`${index + 1} ${current}`).catch((error: unknown) =>
      console.error(`no evidence of “${current}”:`, error),
    );
}
