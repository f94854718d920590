/** Milliseconds between two tries, and how many there are while the browser has a network. */
const PAUSE = 2_000;
const TRIES = 10;

/**
 * A loader of a part's code that does not give up at once: without a way to the server the part comes as soon as there is one, instead
 * of taking the whole page down. What fails for another reason, or for long, is thrown.
 */
export const untilLoaded =
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> => {
    for (let tries = 1; ; tries = navigator.onLine ? tries + 1 : 1) {
      try {
        return await load();
      } catch (error) {
        if (!isMissingCode(error) || tries >= TRIES) throw error;
        await nextChance();
      }
    }
  };

const isMissingCode = (error: unknown): boolean => error instanceof Error && error.name === "ChunkLoadError";

const nextChance = (): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, PAUSE);
    window.addEventListener("online", go);
  });
