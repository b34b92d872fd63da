import type { JSX } from 'preact';
import type { Notice } from '../../src/protocol';
import { post } from '../host';
import { Icon, type IconName } from '../icon';

const ICONS: Readonly<Record<Notice['kind'], IconName>> = {
  welcome: 'info',
  key: 'warning',
  trust: 'warning',
  folder: 'info',
  offline: 'warning',
  setting: 'error',
  ending: 'info',
  ended: 'warning',
  repeated: 'info',
};

/** What stands in the way, quietly, each with the one button that helps. */
export function Notices({ notices }: { readonly notices: readonly Notice[] }): JSX.Element {
  return (
    <>
      {notices.map(({ kind, text, button }) => (
        <div key={kind} class={`notice ${kind}`}>
          <Icon name={ICONS[kind]} />
          <div class="notice-text">
            <p>{text}</p>
            {button && (
              <button
                type="button"
                class="vscode-button secondary"
                onClick={() => post({ type: 'notice', action: button.action, model: button.model })}
              >
                {button.label}
              </button>
            )}
          </div>
        </div>
      ))}
    </>
  );
}
