let due: (() => void)[] = [];

/**
 * Does something at the end of this turn of the event loop, when all that arrived has been handled: in the order in
 * which it was asked for, together with all else that waits for it. For writes into sockets: whoever is at their other
 * end sleeps while nothing comes, and to wake a process costs as much as all the rest of a write. After the first write
 * it is awake for those that follow.
 *
 * @param task must not fail: whoever asked for it has gone on
 * @example atTurnEnd(() => { if (!socket.destroyed) socket.write(text); });
 */
export function atTurnEnd(task: () => void): void {
  if (due.length === 0) setImmediate(doAll);
  due.push(task);
}

function doAll(): void {
  const tasks = due;
  due = [];
  let done = 0;
  try {
    for (const task of tasks) {
      done += 1;
      task();
    }
  } finally {
    // One has failed, and the process is told of it; what others asked for is still done.
    for (const task of tasks.slice(done)) atTurnEnd(task);
  }
}
