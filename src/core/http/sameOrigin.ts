/**
 * An address of the same origin as the service, or undefined: the key goes along with a request, so a request goes
 * nowhere else.
 */
export function sameOrigin(address: string, baseUrl: URL): URL | undefined {
  const url = URL.canParse(address, baseUrl.href) ? new URL(address, baseUrl) : undefined;
  return url?.origin === baseUrl.origin ? url : undefined;
}
