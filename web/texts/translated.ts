/** The type of what stands for English texts in another language: nothing is missing, nothing is too much, functions take and give the same. */
export type Translated<English> = English extends string
  ? string
  : English extends (...args: infer Given) => infer Told
    ? (...args: Given) => Translated<Told>
    : English extends object
      ? { -readonly [Key in keyof English]: Translated<English[Key]> }
      : English
