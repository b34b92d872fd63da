import type { JSX } from 'preact';
import { Icon, type IconName } from './icon';

interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly spins?: boolean;
}

/** A button that is only an icon; its name is its tooltip. */
export function IconButton({ icon, label, onClick, disabled, spins }: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="vscode-action-button"
      title={label}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} spins={spins} />
    </button>
  );
}
