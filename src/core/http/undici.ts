/** A bundle of its own, loaded with the first request: an image that needs no network never pays for it. */
export { Agent, EnvHttpProxyAgent, Pool, request } from 'undici';
