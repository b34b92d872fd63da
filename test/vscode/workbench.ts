import type { Locator, Page } from 'playwright-core';
import type { Driver } from './driver';
import { waitFor } from '../runner/waitFor';

/** What a person does with a VS Code window, and what they see in it. */
export class Workbench {
  constructor(
    readonly page: Page,
    readonly driver: Driver,
  ) {}

  get quickPick(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  get quickInput(): Locator {
    return this.quickPick.locator('input.input');
  }

  /** A row of the quick pick. */
  row(text: string): Locator {
    return this.quickPick.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }

  /** A notification. */
  toast(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-toast', { hasText: text }).first();
  }

  /**
   * A notification in the list of all of them, which is opened: VS Code shows no more than three toasts within 800 ms,
   * and puts what else comes only there.
   */
  async listed(text: string | RegExp): Promise<Locator> {
    const found = this.page.locator('.notifications-center .notification-list-item', { hasText: text }).first();
    await waitFor('a notification in the list', async () => {
      await this.openNotifications();
      return found.isVisible();
    });
    return found;
  }

  /** Opens the list of notifications. Whatever comes or goes meanwhile may close it again. */
  async openNotifications(): Promise<Locator> {
    const center = this.page.locator('.notifications-center');
    await waitFor('the list of notifications', async () => {
      await this.driver.execute('notifications.showList');
      return center.isVisible();
    });
    return center;
  }

  async open(file: string): Promise<void> {
    await this.driver.evaluate(async (vscode, path) => {
      await vscode.window.showTextDocument(vscode.Uri.file(path), { preview: false });
    }, file);
    await this.page.locator('.editor-instance .monaco-editor .view-line').first().waitFor();
  }

  /** Selects a text that stands in the active document once. */
  async select(text: string): Promise<void> {
    await this.driver.evaluate(async (vscode, wanted) => {
      const editor = vscode.window.activeTextEditor;
      if (!editor) throw new Error('no editor is open');
      const at = editor.document.getText().indexOf(wanted);
      if (at < 0) throw new Error(`the document has no “${wanted}”`);
      const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + wanted.length));
      editor.selection = new vscode.Selection(range.start, range.end);
      editor.revealRange(range);
      // VS Code takes it for selected at once, and for a moment not any more where its window tells of an earlier
      // selection: a way there and back, and all of that has been heard.
      await vscode.commands.executeCommand('setContext', 'pictorDriver.hasSelected', true);
    }, text);
    await waitFor('the selection', () =>
      this.driver.evaluate((vscode, wanted) => {
        const editor = vscode.window.activeTextEditor;
        return editor?.document.getText(editor.selection) === wanted;
      }, text),
    );
  }

  /** The text of the active document. */
  text(): Promise<string> {
    return this.driver.evaluate((vscode) => vscode.window.activeTextEditor?.document.getText() ?? '');
  }

  /** Waits for a line of the active document. */
  waitForLine(matches: (line: string) => boolean): Promise<string> {
    return waitFor('a line in the document', async () => (await this.text()).split(/\r?\n/).find(matches));
  }

  /**
   * Runs a command as a person does. A key press that opens the palette is lost now and then, or what is typed into it:
   * then it is opened anew.
   */
  async runFromPalette(title: string): Promise<void> {
    await waitFor('the command palette', async () => {
      await this.page.keyboard.press('F1');
      const isThere = await this.quickInput
        .fill(`>${title}`, { timeout: 3000 })
        .then(() => this.row(title).waitFor({ timeout: 3000 }))
        .then(
          () => true,
          () => false,
        );
      if (!isThere) await this.closeQuickPick();
      return isThere;
    });
    await this.page.keyboard.press('Enter');
  }

  /** Closes the quick pick or the input box that is open, or none. */
  async closeQuickPick(): Promise<void> {
    await waitFor('no quick pick', async () => {
      await this.page.keyboard.press('Escape');
      return this.quickPick.isHidden();
    });
  }

  /** Answers an input box that shows `title`. */
  async answer(title: string, text: string): Promise<void> {
    await this.quickPick.locator('.quick-input-title', { hasText: title }).waitFor();
    // A list with the same title may stand before the box.
    await this.quickPick.locator('.quick-input-list').waitFor({ state: 'hidden' });
    await this.quickInput.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /**
   * How many notifications have come and were not closed, toasts that have gone included. What this window did before
   * has been told by then.
   */
  async countNotifications(text: string | RegExp = /./): Promise<number> {
    const center = await this.openNotifications();
    return center.locator('.notification-list-item', { hasText: text }).count();
  }

  /** Presses a button of a notification, whether it is still a toast or in the list by now. */
  async press(text: string | RegExp, button: string | RegExp): Promise<void> {
    await waitFor(`“${button}” of “${text}”`, async () => {
      const toast = this.toast(text);
      const anchor = (await toast.isVisible()) ? toast : await this.listed(text);
      return anchor
        .getByRole('button', { name: button, exact: true })
        .click({ timeout: 3000 })
        .then(
          () => true,
          () => false,
        );
    });
  }

  async clearNotifications(): Promise<void> {
    await this.driver.execute('notifications.hideList');
    await this.driver.execute('notifications.clearAll');
    await this.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  }
}
