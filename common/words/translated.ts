/** What another language has to have: every text of the English ones; a plural by its general form alone will do. */
export type Translated<English> = {
  [Key in keyof English as Key extends `${string}_one` ? never : Key]: English[Key] extends string
    ? string
    : Translated<English[Key]>;
} & { [Key in keyof English as Key extends `${string}_one` ? Key : never]?: string };
