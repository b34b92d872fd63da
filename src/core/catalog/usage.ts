/** What a provider counts, in tokens; all that is absent was not told. */
export interface Usage {
  readonly total?: number;
  readonly input?: number;
  readonly output?: number;
  readonly textInput?: number;
  readonly imageInput?: number;
  /** Of the input, what was not new. */
  readonly cachedInput?: number;
  readonly textOutput?: number;
  readonly imageOutput?: number;
  /** Of the model that wrote an SVG, which are billed apart. */
  readonly svgTokens?: number;
  /** What the provider itself says that it costs, in US dollars. */
  readonly dollars?: number;
}
