/** An image of an answer, as it is met with elsewhere than in OpenAI's own answers. */
export interface OddImage {
  readonly base64: string;
  /** Where it can be fetched. */
  readonly url: string;
}

interface OddContent {
  /** Absent: the answer has none. */
  readonly type?: string;
  readonly body: string | Buffer;
}

type OddAnswer = (images: readonly OddImage[]) => OddContent;

const json = (body: unknown): OddContent => ({ type: 'application/json', body: JSON.stringify(body) });
const first = ([image]: readonly OddImage[]): OddImage => image ?? { base64: '', url: '' };
const bytes = (images: readonly OddImage[]): Buffer => Buffer.from(first(images).base64, 'base64');
const items =
  (write: (image: OddImage) => unknown): OddAnswer =>
  (images) =>
    json({ created: 1, data: images.map(write) });

/** Answers that bring only the first of several images. */
export const ODD_SINGLE = {
  'the image, called a stream of bytes': (images) => ({ type: 'application/octet-stream', body: bytes(images) }),
  'the image without a type': (images) => ({ body: bytes(images) }),
  'the image, called JSON': (images) => ({ type: 'application/json', body: bytes(images) }),
  'base64 as the whole body': (images) => ({ type: 'text/plain', body: first(images).base64 }),
  'base64 in lines as the whole body': (images) => ({
    type: 'text/plain',
    body: first(images).base64.replace(/.{76}/g, '$&\r\n'),
  }),
  'a data URL as the whole body': (images) => ({
    type: 'text/html',
    body: `data:image/png;base64,${first(images).base64}`,
  }),
  'an address as the whole body': (images) => ({ type: 'text/plain', body: `${first(images).url}\n` }),
  'a JSON text': (images) => json(first(images).url),
  'signs of life before it': (images) => ({
    type: 'application/json',
    body: ` \n\n \n${JSON.stringify({ data: [{ b64_json: first(images).base64 }] })}`,
  }),
  'JSON that is called events': (images) => ({
    type: 'text/event-stream',
    body: JSON.stringify({ data: [{ b64_json: first(images).base64 }] }),
  }),
  'JSON that is called an image': (images) => ({
    type: 'image/png',
    body: JSON.stringify({ data: [{ url: first(images).url }] }),
  }),
  'a further text behind the JSON': (images) => ({
    type: 'application/json',
    body: `${JSON.stringify({ data: [{ url: first(images).url }] })}{"error":{"message":"late"}}`,
  }),
  'a chat with an image': (images) =>
    json({ id: 'c', choices: [{ message: { content: '', images: [{ image_url: { url: first(images).url } }] } }] }),
  'a chat with Markdown': (images) =>
    json({ id: 'c', choices: [{ message: { content: `Here it is: ![kite](${first(images).url})` } }] }),
  'an object as data': (images) => json({ data: { url: first(images).url } }),
  'output as a text': (images) =>
    json({ id: 'p', status: 'succeeded', output: first(images).url, urls: { get: '/p' } }),
  'JSON in a text': (images) =>
    json({ code: 200, data: { resultJson: JSON.stringify({ resultUrls: [first(images).url] }) } }),
} as const satisfies Readonly<Record<string, OddAnswer>>;

/** Answers that bring all images. */
export const ODD_SHAPES = {
  'an address in b64_json': items(({ url }) => ({ b64_json: url })),
  'base64 in url': items(({ base64 }) => ({ url: base64 })),
  'Markdown in url': items(({ url }) => ({ url: `![image](${url})` })),
  'a doubled prefix': items(({ base64 }) => ({ b64_json: `data:image/png;base64,data:image/png;base64,${base64}` })),
  'a bare prefix': items(({ base64 }) => ({ b64_json: `base64,${base64}` })),
  'printed bytes': items(({ base64 }) => ({ b64_json: `b'${base64}'` })),
  'blanks for plus': items(({ base64 }) => ({ b64_json: base64.replaceAll('+', ' ') })),
  'percent signs': items(({ base64 }) => ({ b64_json: encodeURIComponent(base64) })),
  'line breaks escaped twice': items(({ base64 }) => ({ b64_json: base64.replace(/.{76}/g, '$&\\n') })),
  'letters of the web': items(({ base64 }) => ({ b64_json: base64.replaceAll('+', '-').replaceAll('/', '_') })),
  'an empty b64_json beside an address': items(({ url }) => ({ b64_json: '', url })),
  'a list in images': (images) =>
    json({ images: images.map(({ url }) => url), input_image: 'https://x.example/in.png' }),
  'objects in images': (images) =>
    json({ images: images.map(({ url }) => ({ url, width: 1 })), timings: {}, prompt: 'x' }),
  'addresses in lists': (images) => json({ images: images.map(({ url }) => ({ url: [url] })) }),
  'output as a list': (images) => json({ output: images.map(({ url }) => url) }),
  'outputs in data': (images) =>
    json({ code: 200, data: { outputs: images.map(({ url }) => url), has_nsfw: [false] } }),
  'data in a result': (images) => json({ status: 'completed', result: { data: images.map(({ url }) => ({ url })) } }),
  'image_url in data': items(({ url }) => ({ prompt: 'x', image_url: url, thumbnail: 'https://x.example/small.png' })),
  'a list at the top': (images) => json(images.map(({ url }) => ({ url }))),
  'base64 in a list in data': (images) =>
    json({ id: '03ff', data: { image_base64: images.map(({ base64 }) => base64) }, base_resp: { status_code: 0 } }),
  'a choice for each': (images) =>
    json({
      output: { choices: images.map(({ url }) => ({ message: { content: [{ image: url }] } })) },
      request_id: 'r',
    }),
} as const satisfies Readonly<Record<string, OddAnswer>>;

export type OddShape = keyof typeof ODD_SHAPES | keyof typeof ODD_SINGLE;

const ALL: Readonly<Partial<Record<string, OddAnswer>>> = { ...ODD_SHAPES, ...ODD_SINGLE };

/** How an odd answer is written; undefined for the name of a shape that is not odd. */
export function oddAnswer(shape: string): OddAnswer | undefined {
  return ALL[shape];
}
