/** Told every text that differs from the last one it was told, beginning with the present one. */
export type Watcher = (text: string) => void;

export type LiveBoards = {
  /** Answers how to stop watching. */
  watch(restaurantId: string, watcher: Watcher): () => void;
  /** Something of this restaurant, or of any, has changed. */
  changed(restaurantId?: string): void;
  /** Nobody is told anything any more. */
  close(): void;
};

type Board = {
  readonly restaurantId: string;
  /** With the text last told. */
  readonly watchers: Map<Watcher, string>;
  /** Changed since the last read began. */
  isStale: boolean;
  /** When the next read may begin. */
  notBefore: number;
  timer: NodeJS.Timeout | undefined;
  isReading: boolean;
};

type Options = {
  readonly read: (restaurantId: string) => Promise<string>;
  readonly onError: (error: unknown) => void;
  /** Between the starts of two reads of one board, so that a burst of changes is told a few times a second. */
  readonly gapMs?: number;
  readonly retryMs?: number;
};

/**
 * Boards that somebody watches, each read once for all its watchers after a change. What is told was read after the last
 * change that was reported before the read; states between two reads are left out, the last one never is.
 */
export const createLiveBoards = ({ read, onError, gapMs = 100, retryMs = 1_000 }: Options): LiveBoards => {
  const boards = new Map<string, Board>();

  const readSoon = (board: Board): void => {
    board.isStale = true;
    if (board.isReading || board.timer !== undefined) return;
    board.timer = setTimeout(() => void readNow(board), Math.max(0, board.notBefore - performance.now()));
  };

  const readNow = async (board: Board): Promise<void> => {
    board.notBefore = performance.now() + gapMs;
    board.timer = undefined;
    board.isReading = true;
    board.isStale = false;
    try {
      tell(board, await read(board.restaurantId));
    } catch (error) {
      onError(error);
      board.isStale = true;
      board.notBefore = performance.now() + retryMs;
    }
    board.isReading = false;
    if (board.isStale && board.watchers.size > 0) readSoon(board);
  };

  const watch = (restaurantId: string, watcher: Watcher): (() => void) => {
    const board = boards.get(restaurantId) ?? {
      restaurantId,
      watchers: new Map<Watcher, string>(),
      isStale: false,
      notBefore: 0,
      timer: undefined,
      isReading: false,
    };
    boards.set(restaurantId, board);
    board.watchers.set(watcher, '');
    readSoon(board);
    return () => {
      board.watchers.delete(watcher);
      if (board.watchers.size === 0) forget(board);
    };
  };

  const forget = (board: Board): void => {
    clearTimeout(board.timer);
    board.watchers.clear();
    if (boards.get(board.restaurantId) === board) boards.delete(board.restaurantId);
  };

  return {
    watch,
    changed: (restaurantId) => {
      for (const board of restaurantId === undefined ? boards.values() : [boards.get(restaurantId)]) {
        if (board !== undefined) readSoon(board);
      }
    },
    close: () => boards.forEach(forget),
  };
};

const tell = ({ watchers }: Board, text: string): void => {
  for (const [watcher, told] of watchers) {
    if (told === text) continue;
    watchers.set(watcher, text);
    watcher(text);
  }
};
