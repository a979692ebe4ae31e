import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { Failed } from './failed.tsx';
import { TextField } from './field.tsx';

type ConfirmationProps = {
  title: string;
  /** What is to be typed, letter by letter. */
  word: string;
  action: string;
  isGrave?: boolean;
  isBusy: boolean;
  isReady?: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** A dialog of the browser's own (focus stays inside, Escape closes it) that acts only once the word was typed. */
export const Confirmation = (props: ConfirmationProps): ReactNode => {
  const { title, word, action, isGrave = false, isBusy, isReady = true, error, onConfirm, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  const titleId = useId();
  // Before it is taken away: a dialog gives the focus back only while it is there.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  const mayAct = typed.trim() === word && isReady && !isBusy;
  return (
    <dialog ref={dialog} aria-labelledby={titleId} onCancel={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (mayAct) onConfirm();
        }}
      >
        <h2 id={titleId}>{title}</h2>
        {children}
        <p>
          To go on, type <strong className="mono">{word}</strong>
        </p>
        <TextField label="Confirmation" value={typed} onText={setTyped} />
        {error !== null && <Failed what={title} error={error} />}
        <div className="row">
          <button type="submit" className={isGrave ? 'main grave' : 'main'} disabled={!mayAct}>
            {isBusy ? 'Working…' : action}
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
};
