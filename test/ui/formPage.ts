import type { Frame, Locator, Page } from 'playwright-core';
import { waitFor } from '../runner/waitFor';
import type { Session } from './session';

/** What a person does with Pictor's form, and what they see in it. */
export class FormPage {
  private constructor(
    readonly page: Page,
    /** The document within VS Code's two frames around it. */
    readonly frame: Frame,
  ) {}

  /** Opens the view, in whichever bar it is. */
  static async open({ window, driver }: Pick<Session, 'window' | 'driver'>): Promise<FormPage> {
    await driver.execute('pictor.form.focus');
    return FormPage.find(window.page);
  }

  /** Waits for the form in a window. A reloaded view has a new frame. */
  static async find(page: Page): Promise<FormPage> {
    const frame = await waitFor(
      'the form',
      async () => {
        for (const candidate of page.frames()) {
          const isOurs =
            !candidate.isDetached() &&
            (await candidate
              .locator('select#provider')
              .isVisible()
              .catch(() => false));
          if (isOurs) return candidate;
        }
        return undefined;
      },
      90_000,
    );
    return new FormPage(page, frame);
  }

  get prompt(): Locator {
    return this.frame.getByRole('textbox', { name: 'Prompt', exact: true });
  }

  get generate(): Locator {
    return this.frame.locator('button.generate');
  }

  /** The box of the model; the gallery has a list of models too. */
  get model(): Locator {
    return this.frame.locator('input#model');
  }

  field(label: string): Locator {
    return this.frame.getByLabel(label, { exact: true }).first();
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name }).first();
  }

  /** The card of a job. */
  card(text: string | RegExp): Locator {
    return this.frame.locator('article.card', { hasText: text }).first();
  }

  /** The images of the gallery that are seen. */
  get images(): Locator {
    return this.frame.locator('.grid .thumb-button');
  }

  /**
   * One of the gallery: the newest one with this very prompt. In a shared window, other files of tests have drawn too.
   */
  image(prompt: string): Locator {
    return this.frame.locator('.grid').getByRole('button', { name: prompt, exact: true }).first();
  }

  /** A button of the image that is looked at. */
  action(name: string): Locator {
    return this.frame.locator('.picture').getByRole('button', { name, exact: true });
  }

  /** Of the images of the gallery whose thumbnails are there. */
  imageNames(): Promise<string[]> {
    return this.evaluate<string[]>('[...document.querySelectorAll(".grid img")].map((image) => image.alt)');
  }

  /** Looks at one of the gallery. */
  async show(prompt: string): Promise<void> {
    await this.image(prompt).click();
    await this.action('Back').waitFor();
  }

  async chooseProvider(value: string): Promise<void> {
    const provider = this.frame.locator('#provider');
    await provider.selectOption(value);
    await waitFor('the provider', async () => (await provider.inputValue()) === value);
  }

  async chooseModel(id: string): Promise<void> {
    const box = this.model;
    await box.click();
    await box.fill(id);
    await this.frame.locator('.options li').first().click();
    await waitFor('the model', async () => (await box.inputValue()) === id);
  }

  /** Unfolds what is seldom needed. */
  async openOptions(): Promise<void> {
    const options = this.frame.locator('details.more');
    if ((await options.getAttribute('open')) === null) await options.locator('summary').click();
  }

  async ask(prompt: string): Promise<void> {
    await this.prompt.fill(prompt);
    await this.generate.click();
  }

  /** Asks for an image, and waits until it is the newest one in the gallery. */
  async make(prompt: string): Promise<void> {
    await this.ask(prompt);
    await this.images.first().and(this.image(prompt)).waitFor();
  }

  /** The form as the settings have it: no page of an image, no search, no value of its own, no finished card. */
  async putInOrder(): Promise<void> {
    const back = this.frame.getByRole('button', { name: 'Back', exact: true });
    await waitFor('the form in order', async () => {
      if (await back.isVisible()) await back.click({ timeout: 2000 }).catch(() => undefined);
      for (const name of ['Reset', 'Keep All', 'Dismiss']) {
        const button = this.button(new RegExp(`^${name}$`));
        if (!(await button.isVisible())) continue;
        await button.click({ timeout: 2000 }).catch(() => undefined);
        return false;
      }
      return this.prompt.isVisible();
    });
    await this.prompt.fill('');
    const search = this.frame.getByRole('searchbox');
    if ((await search.isVisible()) && (await search.inputValue()) !== '') await search.fill('');
  }

  /** What `source`, an expression, is within the form. */
  evaluate<T>(source: string): Promise<T> {
    return this.frame.evaluate(source);
  }
}
