/**
 * Ranks from 0 to size - 1, the n-th of which comes up in proportion to 1 / n^skew: 0 is even, near 1 a few are asked for
 * most of the time. `chance` is a number from 0 to 1. One look-up is a binary search.
 */
export const zipf = (size: number, skew: number): ((chance: number) => number) => {
  const upTo = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank += 1) upTo[rank] = sum += (rank + 1) ** -skew;
  return (chance) => {
    const wanted = chance * sum;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((upTo[middle] ?? sum) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
};
