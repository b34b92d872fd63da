/** Stands for postcss in the bundle: style attributes are not parsed, since none is kept. */
export {};
