import type { DialectName } from './dialects';

/** An error as a service's reference has it. */
interface ProviderError {
  readonly status: number;
  readonly message: string;
  readonly param?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Hints that LemonData adds. */
  readonly hints?: Readonly<Record<string, unknown>>;
}

const COMMON: Readonly<Record<string, ProviderError>> = {
  invalid_api_key: { status: 401, message: 'Incorrect API key provided.' },
  rate_limit_exceeded: { status: 429, message: 'Rate limit reached.', headers: { 'retry-after': '1' } },
  insufficient_quota: { status: 429, message: 'You exceeded your current quota.' },
  billing_hard_limit_reached: { status: 400, message: 'Billing hard limit has been reached.' },
  content_policy_violation: { status: 400, message: 'Your request was rejected as a result of our safety system.' },
  moderation_blocked: { status: 400, message: 'Your request was rejected by the safety system.' },
  invalid_value: { status: 400, message: "Invalid value: '7x7'. Supported values are: '1024x1024'.", param: 'size' },
  model_not_found: { status: 404, message: "The model 'x' does not exist." },
  retired: { status: 400, message: "The model 'dall-e-3' does not exist.", param: 'model' },
  unknown_parameter: { status: 400, message: "Unknown parameter: 'style'.", param: 'style' },
  moderation_details: {
    status: 400,
    message: 'Your request was rejected by the safety system.',
    hints: { moderation_details: { moderation_stage: 'output', categories: ['violence'] } },
  },
  unverified: { status: 403, message: 'Your organization must be verified to use this model.' },
  server_error: { status: 500, message: 'The server had an error.' },
  overloaded: { status: 503, message: 'The engine is overloaded.' },
};

const LEMON_DATA: Readonly<Record<string, ProviderError>> = {
  invalid_api_key: { status: 401, message: 'Invalid API key.' },
  expired_api_key: { status: 401, message: 'This key has expired.' },
  insufficient_quota: { status: 402, message: 'No credit.' },
  quota_exceeded: { status: 402, message: 'The quota is used up.' },
  insufficient_balance: {
    status: 402,
    message: 'The balance is too low.',
    hints: { balance_usd: 0.01, estimated_cost_usd: 0.08 },
  },
  access_denied: { status: 403, message: 'Access denied.' },
  model_not_allowed: {
    status: 403,
    message: 'This key may not use the model.',
    hints: { alternatives: [{ id: 'dall-e-3' }] },
  },
  model_not_found: {
    status: 404,
    message: 'There is no such model.',
    hints: {
      did_you_mean: 'flux-pro',
      suggestions: [{ id: 'flux-pro' }, { id: 'flux-schnell' }],
      hint: 'See GET /models.',
    },
  },
  payload_too_large: { status: 413, message: 'The payload is too large.' },
  rate_limit_exceeded: {
    status: 429,
    message: 'Slow down.',
    headers: { 'retry-after': '1' },
    hints: { retryable: true, retry_after: 1 },
  },
  upstream_error: { status: 502, message: 'The upstream failed.', hints: { retryable: true } },
  all_channels_failed: { status: 503, message: 'All channels failed.', hints: { retryable: true } },
  timeout_error: { status: 504, message: 'The upstream timed out.' },
};

const ACE_DATA: Readonly<Record<string, ProviderError>> = {
  token_mismatched: { status: 400, message: 'The token does not match the service.' },
  used_up: { status: 403, message: 'The credit is used up.' },
  api_not_implemented: { status: 400, message: 'This API is not implemented.' },
  invalid_token: { status: 401, message: 'The token is invalid.' },
  too_many_requests: { status: 429, message: 'Too many requests.' },
  api_error: { status: 500, message: 'The API failed.' },
};

/** TokenLab's hints are richer than those it had as LemonData. */
const TOKEN_LAB: Readonly<Record<string, ProviderError>> = {
  ...LEMON_DATA,
  invalid_request_error: {
    status: 400,
    message: 'resolution is not available for this model.',
    param: 'resolution',
    hints: { allowed_resolutions: ['1k', '2k'], recommended_request: { resolution: '2k' } },
  },
  validation_error: {
    status: 400,
    message: 'The request is not valid.',
    hints: { validation_errors: [{ field: 'size', message: 'must be a multiple of 16', code: 'invalid' }] },
  },
  no_contract_compatible_route: { status: 400, message: 'No route serves this request.' },
};

/** What each service can answer instead of images, by its code. */
export const SERVICE_ERRORS: Readonly<Record<DialectName, Readonly<Record<string, ProviderError>>>> = {
  openai: COMMON,
  lemondata: LEMON_DATA,
  cometapi: COMMON,
  acedata: ACE_DATA,
  tokenlab: TOKEN_LAB,
  open: COMMON,
};
