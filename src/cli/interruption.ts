export interface Interruption {
  /** Aborts when the user asks to stop. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  end(): void;
}

/** Listens for Ctrl-C and SIGTERM; a second Ctrl-C ends the process as usual. */
export function interruptible(): Interruption {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    end: () => {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    },
  };
}
