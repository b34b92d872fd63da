import { t } from '@vscode/l10n';
import type { ProviderId } from '../../catalog/providers';
import type { ErrorKind } from '../../errors';

/** What an error answer means. Of the conditions that a row has, all must hold; the first row that fits counts. */
export interface ErrorRow {
  readonly provider?: ProviderId;
  /** One, or several. */
  readonly status?: number | readonly number[];
  /** In lower case. */
  readonly codes?: readonly string[];
  /** In the service's own message, not on a web page. */
  readonly says?: RegExp;
  /** Whether the answer must name a field of the request. */
  readonly namesField?: true;
  /** The field that the answer must name. */
  readonly field?: string;
  /** Whether the answer must say that it does not know the field. */
  readonly isUnknownField?: true;
  readonly kind: ErrorKind;
  /** Follows the service's name. */
  readonly sentence: string;
  /** What to do, in a sentence of its own; with ADDRESS for the setting that holds the service's address. */
  readonly advice?: string;
  /** Whether a request for images may have been billed all the same. */
  readonly mayBeBilled?: true;
}

/** From what the services answer to what it means; codes are those of their references. */
export const ERROR_ROWS: readonly ErrorRow[] = [
  {
    codes: ['expired_api_key'],
    kind: 'unauthorized',
    sentence: t('says that the API key has expired'),
    advice: t('Make a new one there.'),
  },
  {
    provider: 'acedata',
    codes: ['token_mismatched'],
    kind: 'unauthorized',
    sentence: t('says that the API key belongs to another of its services'),
  },
  { codes: ['invalid_api_key', 'invalid_token'], kind: 'unauthorized', sentence: t('does not accept the API key') },
  {
    codes: [
      'insufficient_quota',
      'quota_exceeded',
      'insufficient_balance',
      'billing_hard_limit_reached',
      'used_up',
      // New API and its descendants.
      'insufficient_user_quota',
      'pre_consume_token_quota_failed',
      // DashScope, Volcengine, Vidu.
      'arrearage',
      'accountoverdueerror',
      'creditinsufficient',
    ],
    kind: 'noCredit',
    sentence: t('says that there is no credit left'),
    advice: t('Add some in your account there.'),
  },
  {
    status: [200, 400, 403, 429],
    says: /\b(?:insufficient|not enough|exhausted|no)\b.{0,20}\b(?:credits?|balance|quota|funds)\b|\b(?:credits?|balance|quota|funds)\b.{0,20}\b(?:insufficient|exhausted|used up|too low)\b|余额不足|额度不足/i,
    kind: 'noCredit',
    sentence: t('says that there is no credit left'),
    advice: t('Add some in your account there.'),
  },
  {
    status: 402,
    kind: 'noCredit',
    sentence: t('says that there is no credit left'),
    advice: t('Add some in your account there.'),
  },
  {
    codes: [
      'content_policy_violation',
      'moderation_blocked',
      'content_filter',
      'content_filtered',
      'content_moderation',
      'contentfilter',
      // New API, DashScope, Volcengine, Gemini.
      'sensitive_words_detected',
      'prompt_blocked',
      'datainspectionfailed',
      'data_inspection_failed',
      'inputtextsensitivecontentdetected',
      'inputimagesensitivecontentdetected',
      'inputtextriskdetection',
      'inputimageriskdetection',
      'outputimagesensitivecontentdetected',
      'image_safety',
      'image_prohibited_content',
      'prohibited_content',
    ],
    kind: 'moderated',
    sentence: t('will not draw this'),
    advice: t('Change the prompt.'),
  },
  {
    codes: ['model_not_found', 'model_not_allowed'],
    kind: 'unknownModel',
    sentence: t('does not have this model for you'),
  },
  // A retired model is refused like a value, and relays tell it in words only.
  { status: 400, field: 'model', kind: 'unknownModel', sentence: t('does not have this model for you') },
  {
    status: 400,
    says: /\bmodel\b.{0,80}(?:does not exist|has been deprecated|is not supported|not found)/i,
    kind: 'unknownModel',
    sentence: t('does not have this model for you'),
  },
  {
    isUnknownField: true,
    namesField: true,
    kind: 'valueRefused',
    sentence: t('does not know a field of the request for this model'),
    advice: t('Leave it out, or choose another model.'),
  },
  { status: 400, namesField: true, kind: 'valueRefused', sentence: t('does not take a value of the request') },
  { status: 422, namesField: true, kind: 'valueRefused', sentence: t('does not take a value of the request') },
  {
    says: /safety system|content[ _]policy|flagged by moderation|inappropriate content|sensitive (?:content|words)|safety filters?\b/i,
    kind: 'moderated',
    sentence: t('will not draw this'),
    advice: t('Change the prompt.'),
  },
  {
    status: 403,
    says: /\b(?:invalid|verify|expired|incorrect|missing|malformed)\b.{0,30}\b(?:api[ _-]?key|token|signature|credentials?)\b|\b(?:api[ _-]?key|token|signature|credentials?)\b.{0,30}\b(?:invalid|expired|incorrect|missing|malformed)\b/i,
    kind: 'unauthorized',
    sentence: t('does not accept the API key'),
  },
  {
    status: 403,
    says: /verif/i,
    kind: 'forbidden',
    sentence: t('wants your organization to be verified for this model'),
    advice: t('Verify it in its settings there, or choose another model.'),
  },
  { status: 404, says: /\bmodel\b/i, kind: 'unknownModel', sentence: t('does not have this model for you') },
  { codes: ['async_task_not_found'], kind: 'rejected', sentence: t('does not have this task any more') },
  { provider: 'acedata', codes: ['api_not_implemented'], kind: 'rejected', sentence: t('does not offer this') },
  {
    codes: ['no_contract_compatible_route', 'request_shape_channel_mismatch', 'upstream_contract_mismatch'],
    kind: 'rejected',
    sentence: t('has nobody who draws this with the model'),
    advice: t('Change the request, or choose another model.'),
  },
  {
    codes: ['payload_too_large'],
    kind: 'rejected',
    sentence: t('says that the request is too large'),
    advice: t('Shorten the prompt.'),
  },
  {
    status: 413,
    kind: 'rejected',
    sentence: t('says that the request is too large'),
    advice: t('Shorten the prompt.'),
  },
  {
    codes: ['invalid_value', 'invalid_parameter', 'unknown_parameter'],
    kind: 'valueRefused',
    sentence: t('does not take a value of the request'),
  },
  { codes: ['access_denied'], kind: 'forbidden', sentence: t('does not allow this request') },
  { status: 401, kind: 'unauthorized', sentence: t('does not accept the API key') },
  { status: 403, kind: 'forbidden', sentence: t('does not allow this request') },
  { status: 404, kind: 'wrongAddress', sentence: t('does not know this address'), advice: t('Check ADDRESS.') },
  {
    status: 405,
    kind: 'wrongAddress',
    sentence: t('does not draw pictures at this address'),
    advice: t('Check ADDRESS.'),
  },
  {
    codes: ['too_many_requests', 'rate_limit_exceeded'],
    kind: 'rateLimited',
    sentence: t('asks to slow down'),
    advice: t('Try again in a while.'),
  },
  {
    status: 429,
    kind: 'rateLimited',
    sentence: t('asks to slow down'),
    advice: t('Try again in a while.'),
  },
  {
    codes: ['upstream_error', 'all_channels_failed'],
    kind: 'unavailable',
    sentence: t('could not reach who draws for it'),
    mayBeBilled: true,
  },
  {
    codes: ['server_error', 'api_error', 'internal_error'],
    kind: 'unavailable',
    sentence: 'failed',
    mayBeBilled: true,
  },
  {
    codes: ['timeout_error'],
    kind: 'unavailable',
    sentence: t('waited too long for who draws for it'),
    mayBeBilled: true,
  },
  {
    status: 504,
    kind: 'unavailable',
    sentence: t('waited too long for who draws for it'),
    mayBeBilled: true,
  },
];

/** Where no row fits: from 500 on the service failed. */
export const SERVER_ERROR: ErrorRow = { kind: 'unavailable', sentence: 'failed', mayBeBilled: true };
export const CLIENT_ERROR: ErrorRow = { kind: 'rejected', sentence: t('refused the request') };
/** Where a task failed. */
export const TASK_ERROR: ErrorRow = { kind: 'rejected', sentence: t('could not draw the picture') };
