import type { Transport } from "../transport.ts";
import type { CarriedWatch, WatchCarriers, WatchScope } from "../types.ts";
import type { Clock } from "./clock.ts";
import { Expired } from "./expired.ts";
import { ObjectFeed } from "./object-feed.ts";
import { TableFeed } from "./table-feed.ts";
import type { FeedListener, WatchFeed } from "./watch-feed.ts";
import type { Matcher } from "./watch-scope.ts";

/** A place among those who read a watch. */
export interface Seat {
  feed: WatchFeed;
  leave(): void;
}

/**
 * The watches of one API server: one for each resource, scope and decoder, however many read it, and none where a wider
 * one runs that brings the same. Each ends with its last reader. Readers list for themselves and keep what they need.
 */
export class SharedWatches implements WatchCarriers {
  readonly #transport: Transport;
  readonly #clock: Clock | undefined;
  readonly #feeds = new Set<WatchFeed>();

  constructor(transport: Transport, clock?: Clock) {
    this.#transport = transport;
    this.#clock = clock;
  }

  /**
   * A place at a watch that runs and brings what `scope` asks for. Whoever lists after that misses nothing: what the watch
   * has given before is in the list.
   */
  join(scope: WatchScope, listener: FeedListener): Seat | undefined {
    for (const feed of this.#feeds) {
      const matches = feed.wasLive ? feed.matcher(scope) : undefined;
      if (matches !== undefined) return this.#seat(feed, listener, scope, matches);
    }
    return undefined;
  }

  /**
   * A place at a watch that goes on from the list's resourceVersion; begun, if there is none.
   * Throws {@link Expired} where one runs that is further: it is to be joined before listing.
   */
  open(scope: WatchScope, from: string, listener: FeedListener): Seat {
    for (const feed of this.#feeds) {
      const matches = feed.matcher(scope);
      if (matches === undefined || !(feed.wasLive || isSame(feed.scope, scope))) continue;
      if (feed.isAt(from)) return this.#seat(feed, listener, scope, matches);
      if (feed.wasLive) throw new Expired({ moved: true });
    }
    return this.begin(scope, from, listener);
  }

  /** A watch of its own, which others may join. */
  begin(scope: WatchScope, from: string, listener: FeedListener): Seat {
    const feed = new ObjectFeed({ transport: this.#transport, scope, from, clock: this.#clock });
    const seat = this.#seat(feed, listener, scope, () => true);
    this.#feeds.add(feed);
    void feed.run().finally(() => this.#feeds.delete(feed));
    return seat;
  }

  carry(scope: WatchScope, onRead: () => void): CarriedWatch {
    const carrier = new TableFeed(scope, { onRead, onClose: () => this.#feeds.delete(carrier) });
    this.#feeds.add(carrier);
    for (const feed of [...this.#feeds]) {
      if (feed !== carrier && feed instanceof ObjectFeed && carrier.matcher(feed.scope) !== undefined) {
        feed.end(new Expired({ moved: true }));
      }
    }
    return carrier;
  }

  #seat(feed: WatchFeed, listener: FeedListener, scope: WatchScope, matches: Matcher): Seat {
    feed.add(listener, scope, matches);
    return {
      feed,
      leave: () => {
        feed.remove(listener);
        // Those who want but a part of it are better served by a watch of only that.
        if (!(feed instanceof ObjectFeed) || feed.isEnded || feed.isReadWhole) return;
        this.#feeds.delete(feed);
        feed.end(new Expired({ moved: true }));
      },
    };
  }
}

function isSame(one: WatchScope, other: WatchScope): boolean {
  return (
    (one.namespace ?? "") === (other.namespace ?? "") &&
    (one.labelSelector ?? "") === (other.labelSelector ?? "") &&
    (one.fieldSelector ?? "") === (other.fieldSelector ?? "") &&
    one.as === other.as
  );
}
