/** A map of which a copy is made with the first change. */
export class CopiedMap<V> {
  #map: ReadonlyMap<string, V>;
  #own: Map<string, V> | undefined;

  constructor(map: ReadonlyMap<string, V>) {
    this.#map = map;
  }

  get now(): ReadonlyMap<string, V> {
    return this.#map;
  }

  get(key: string): V | undefined {
    return this.#map.get(key);
  }

  has(key: string): boolean {
    return this.#map.has(key);
  }

  set(key: string, value: V): void {
    this.#copy().set(key, value);
  }

  delete(key: string): void {
    if (this.#map.has(key)) this.#copy().delete(key);
  }

  #copy(): Map<string, V> {
    this.#own ??= new Map(this.#map);
    this.#map = this.#own;
    return this.#own;
  }
}

/** A set of which a copy is made with the first change. */
export class CopiedSet {
  #set: ReadonlySet<string>;
  #own: Set<string> | undefined;

  constructor(set: ReadonlySet<string>) {
    this.#set = set;
  }

  get now(): ReadonlySet<string> {
    return this.#set;
  }

  has(key: string): boolean {
    return this.#set.has(key);
  }

  add(key: string): void {
    if (!this.#set.has(key)) this.#copy().add(key);
  }

  delete(key: string): void {
    if (this.#set.has(key)) this.#copy().delete(key);
  }

  #copy(): Set<string> {
    this.#own ??= new Set(this.#set);
    this.#set = this.#own;
    return this.#own;
  }
}
