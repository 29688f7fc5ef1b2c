/**
 * Ascending numbers that are added at the end and dropped at the front; each keeps its position for good, counted from
 * the first one ever added.
 */
export class Sequence {
  #values = new Float64Array(1024);
  /** Where the first kept one stands in the array, and its position. */
  #start = 0;
  #first = 0;
  #end = 0;

  get first(): number {
    return this.#first;
  }

  /** The position after the last. */
  get end(): number {
    return this.#end;
  }

  get last(): number | undefined {
    return this.#end === this.#first ? undefined : this.at(this.#end - 1);
  }

  push(value: number): void {
    const used = this.#start + this.#end - this.#first;
    if (used === this.#values.length) this.#makeRoom();
    this.#values[this.#start + this.#end - this.#first] = value;
    this.#end++;
  }

  at(position: number): number | undefined {
    if (position < this.#first || position >= this.#end) return undefined;
    return this.#values[this.#start + position - this.#first];
  }

  /** The position of the first value that is not below `value`; `end` when there is none. */
  lowerBound(value: number): number {
    let low = this.#start;
    let high = this.#start + this.#end - this.#first;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#values[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low - this.#start + this.#first;
  }

  has(value: number): boolean {
    return this.at(this.lowerBound(value)) === value;
  }

  dropBelow(value: number): void {
    const position = this.lowerBound(value);
    this.#start += position - this.#first;
    this.#first = position;
  }

  #makeRoom(): void {
    const kept = this.#values.subarray(this.#start);
    const target = this.#start > this.#values.length / 2 ? this.#values : new Float64Array(this.#values.length * 2);
    target.set(kept);
    this.#values = target;
    this.#start = 0;
  }
}
