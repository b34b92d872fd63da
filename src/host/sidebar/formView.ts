import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { promptOf, type JobRecord } from '../../core/jobs/jobRecord';
import type { Recipe } from '../../core/recipe/recipe';
import { parseFromWebview, type FromWebview, type ToWebview } from '../../protocol';
import { activeEditor } from '../document/activeEditor';
import type { GalleryFilter } from '../gallery/gallery';
import { Cards } from './cards';
import type { Handlers } from '../gallery/galleryContext';
import { fillForm } from './fillForm';
import type { FormContext, FormDependencies } from './formContext';
import { formHandlers } from './formHandlers';
import { FormSession } from './formSession';
import { formState, selectedPrompt } from './formState';
import { GalleryFeed } from '../gallery/galleryFeed';
import { recipeOfFile } from '../gallery/recipes';
import { galleryHandlers } from '../gallery/galleryHandlers';

/** Many changes at once become one message. */
const GATHER_MS = 40;
/** How often jobs of other windows are looked for. */
const OTHERS_MS = 10_000;
/** So long is a request one that was just made. */
const JUST_NOW_MS = 10 * 60_000;
const MAX_HISTORY = 50;
const IMAGES = '**/*.{png,jpg,jpeg,webp,gif,svg}';

/**
 * The form, its jobs and the gallery, in whichever webview shows them; the webview itself holds nothing but what is
 * typed.
 */
export class FormView implements FormContext, vscode.Disposable {
  readonly session = new FormSession();
  readonly cards: Cards;
  isListingModels = false;
  filter: GalleryFilter = {};
  #view: vscode.WebviewView | undefined;
  #isReady = false;
  #turn = 0;
  #waitingPrompt: { readonly text: string; readonly focus: boolean } | undefined;
  /** Prompts of this window, the newest first, whatever became of them. */
  #asked: readonly string[] = [];
  #lastRequest: { readonly key: string; readonly atMs: number } | undefined;
  readonly #pending = new Map<string, NodeJS.Timeout>();
  readonly #galleryFeed: GalleryFeed;
  readonly #listeners: vscode.Disposable;
  #others: NodeJS.Timeout | undefined;

  constructor(readonly dependencies: FormDependencies) {
    const { app, gallery } = dependencies;
    this.cards = new Cards(app, gallery);
    this.#galleryFeed = new GalleryFeed(gallery, (message) => this.post(message));
    const form = (): void => this.push('form');
    this.#listeners = vscode.Disposable.from(
      app.jobs.onDidChange(() => this.push('jobs')),
      app.jobs.onDidProgress(({ job, preview }) => {
        this.push('jobs');
        if (preview) this.post({ type: 'preview', id: job.record.id, bytes: preview.bytes });
      }),
      app.jobs.onDidClose(({ job, hasRun }) => hasRun && this.ended(job.record)),
      app.records.onDidChange(() => this.push('jobs')),
      gallery.onDidChange(() => this.push('gallery')),
      app.keys.onDidChange(form),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('pictor') && form()),
      vscode.workspace.onDidGrantWorkspaceTrust(form),
      vscode.workspace.onDidChangeWorkspaceFolders(form),
      vscode.workspace.onDidRenameFiles(
        ({ files }) => void dependencies.guarded('Gallery', () => gallery.follow(files)),
      ),
      vscode.window.onDidChangeActiveTextEditor(form),
      vscode.window.onDidChangeTextEditorSelection(() => this.selectionChanged()),
    );
  }

  /** Whether the user sees it. */
  get isVisible(): boolean {
    return this.#view?.visible ?? false;
  }

  /** A webview shows the form from now on. @param early what it has said already */
  attach(view: vscode.WebviewView, early: readonly unknown[]): void {
    this.#view = view;
    this.#isReady = false;
    // The records are read while the page comes up.
    void this.dependencies.guarded('Gallery', () => this.dependencies.gallery.load());
    const handlers = { ...formHandlers(this), ...galleryHandlers(this) } as Handlers<FromWebview['type']>;
    const receive = (message: unknown): void => {
      const known = parseFromWebview(message);
      if (known)
        void this.dependencies.guarded('Form', async () => {
          await (handlers[known.type] as (one: FromWebview) => unknown)(known);
        });
      else this.dependencies.app.log.error(new Error('The form sent something that Pictor does not understand.'));
    };
    for (const message of early) receive(message);
    const received = view.webview.onDidReceiveMessage(receive);
    const watcher = vscode.workspace.createFileSystemWatcher(IMAGES, true, false, true);
    // As if the page had asked anew.
    watcher.onDidChange((uri) => {
      const ids = this.dependencies.gallery.at(uri).map(({ id }) => id);
      if (this.#isReady && ids.length > 0) receive({ type: 'thumbnails', ids });
    });
    // A page that is not seen is gone; it says when it is there again.
    const hidden = view.onDidChangeVisibility(() => {
      if (!view.visible) this.leave(view);
    });
    view.onDidDispose(() => {
      received.dispose();
      watcher.dispose();
      hidden.dispose();
      this.leave(view);
      if (this.#view === view) this.#view = undefined;
    });
  }

  async ready(): Promise<void> {
    this.#isReady = true;
    // The page begins without a filter.
    this.filter = {};
    clearInterval(this.#others);
    this.#others = setInterval(() => void this.refreshOthers(), OTHERS_MS);
    const waiting = this.#waitingPrompt;
    this.#waitingPrompt = undefined;
    if (waiting) this.setPrompt(waiting.text, waiting.focus);
    this.#galleryFeed.reset();
    const gallery = this.dependencies.gallery.load().then(() => this.send('gallery'));
    await Promise.all([this.send('form'), gallery]);
    await this.refreshOthers();
    // The prompts of earlier images are known only now.
    this.push('form');
    for (const { job, preview } of this.dependencies.app.jobs.running)
      if (preview) this.post({ type: 'preview', id: job.record.id, bytes: preview.bytes });
  }

  fillForm(recipe: Recipe, customProvider?: string): void {
    fillForm(this, recipe, customProvider);
  }

  post(message: ToWebview): void {
    if (this.#isReady) void this.#view?.webview.postMessage(message);
  }

  push(part: 'form' | 'jobs' | 'gallery'): void {
    if (!this.#isReady || !this.#view || this.#pending.has(part)) return;
    this.#pending.set(
      part,
      setTimeout(() => {
        this.#pending.delete(part);
        void this.dependencies.guarded('Form', () => this.send(part));
      }, GATHER_MS),
    );
  }

  setPrompt(text: string, focus: boolean): void {
    this.session.prompt = text;
    // A view that is only just opened brings the text that it had.
    if (this.#isReady) this.post({ type: 'prompt', text, focus });
    else this.#waitingPrompt = { text, focus };
    this.push('form');
  }

  remember(prompt: string): void {
    this.#asked = [prompt.trim(), ...this.#asked.filter((one) => one !== prompt.trim())].slice(0, MAX_HISTORY);
    this.#lastRequest = { key: this.requestKey(), atMs: Date.now() };
  }

  async useRecipeOf(uri: vscode.Uri): Promise<boolean> {
    const recipe = await recipeOfFile(this.dependencies.gallery, uri);
    if (recipe) this.fillForm(recipe);
    return recipe !== undefined;
  }

  dispose(): void {
    for (const timer of this.#pending.values()) clearTimeout(timer);
    clearInterval(this.#others);
    this.#listeners.dispose();
  }

  forget(): void {
    this.#lastRequest = undefined;
    this.push('form');
  }

  private requestKey(): string {
    const { settings, modelId, fields } = this.session.read(activeEditor()?.document.uri);
    const { provider, customProvider, baseUrl, promptStyle } = settings;
    return JSON.stringify([
      this.session.prompt.trim(),
      provider,
      customProvider,
      baseUrl,
      modelId,
      promptStyle,
      fields.taken,
    ]);
  }

  private leave(view: vscode.WebviewView): void {
    if (this.#view !== view) return;
    clearInterval(this.#others);
    this.#isReady = false;
  }

  private async send(part: 'form' | 'jobs' | 'gallery'): Promise<void> {
    const { app, gallery } = this.dependencies;
    if (part === 'jobs') this.post({ type: 'jobs', cards: this.cards.state() });
    else if (part === 'gallery') this.#galleryFeed.send(this.filter);
    else {
      const turn = ++this.#turn;
      const editor = activeEditor();
      const scope = editor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
      const { key, atMs } = this.#lastRequest ?? { key: '', atMs: 0 };
      // While it is drawn, its card says enough.
      const isRunning = app.jobs.running.some(({ job }) => promptOf(job.record) === this.session.prompt.trim());
      const repeatedMs =
        !isRunning && key === this.requestKey() && Date.now() - atMs < JUST_NOW_MS ? Date.now() - atMs : undefined;
      const options = {
        app,
        session: this.session,
        editor,
        isListingModels: this.isListingModels,
        history: [...new Set([...this.#asked, ...gallery.prompts(MAX_HISTORY)])].slice(0, MAX_HISTORY),
        repeatedMs,
      };
      const state = await formState(this.session.read(scope), options);
      // A newer state may have been quicker.
      if (turn === this.#turn) this.post({ type: 'form', state });
    }
  }

  private async refreshOthers(): Promise<void> {
    await this.dependencies.guarded('Jobs', async () => {
      await this.dependencies.app.records.refresh();
      await this.send('jobs');
    });
  }

  private ended(record: JobRecord): void {
    this.cards.ended(record);
    this.push('jobs');
    // The name that it took is not free any more.
    this.push('form');
    // A batch is told once, when all of it has ended.
    const batch = this.dependencies.app.jobs.batches.find(record.batchId);
    if (batch && batch.outcomes.length + 1 < batch.total) return;
    const records = batch ? [...batch.outcomes.map((outcome) => outcome.record), record] : [record];
    const count = records.flatMap(({ images }) => images).filter(({ saved }) => saved).length;
    if (count > 0)
      this.post({
        type: 'announce',
        text: count === 1 ? t('The picture is saved.') : t('{count} pictures are saved.', { count }),
      });
    else if (record.error && record.state !== 'cancelled') this.post({ type: 'announce', text: record.error.message });
  }

  private selectionChanged(): void {
    const editor = activeEditor();
    if (this.session.isLinkedToSelection && editor) {
      const text = selectedPrompt(editor);
      if (text && text !== this.session.prompt) this.setPrompt(text, false);
    }
    this.push('form');
  }
}
