import { useEffect, useEffectEvent } from 'react';
import { useLivePart } from './stream.ts';

/** Acts whenever the stream told of another second, as long as `isOn`; with the stream lost it rests. */
export const useEachSecond = (isOn: boolean, act: () => void): void => {
  const second = useLivePart('pipeline')?.at;
  const acted = useEffectEvent(act);
  useEffect(() => {
    if (isOn && second !== undefined) acted();
  }, [isOn, second]);
};
