/** Does the work with each of all, so many at a time; most of it is waiting for a browser. */
export async function atOnce(most, all, work) {
  const queue = [...all];
  const take = async () => {
    while (queue.length > 0) await work(queue.shift());
  };
  await Promise.all(Array.from({ length: most }, take));
}
