import { t } from '@vscode/l10n';
import { PictorError } from '../errors';

const LOOPBACK_HOSTS = /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host name means this very machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK_HOSTS.test(hostname);
}

/**
 * Reads the address of a service. `http:` is for this machine only: elsewhere the key would travel in the clear.
 * @param setting where it stands
 * @throws PictorError `invalidSetting`
 */
export function parseBaseUrl(text: string, setting = 'pictor.baseUrl'): URL {
  const refuse = (reason: string): PictorError =>
    new PictorError(
      'invalidSetting',
      t('The address {value} in {setting} cannot be used: {reason}.', { value: JSON.stringify(text), setting, reason }),
      { setting },
    );
  if (!URL.canParse(text)) throw refuse(t('a full address such as https://host.example/v1 is expected'));
  const url = new URL(text);
  if (url.username || url.password) throw refuse(t('it must not hold a user name or password; use Set API Key'));
  if (url.search || url.hash) throw refuse(t('it must end with a path, without ? or #'));
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw refuse(t('http: is only for this machine, since your key would travel unprotected; use https:'));
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse(t('https: is expected'));
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
