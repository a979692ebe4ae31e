import { useId, type ComponentProps, type ReactNode } from 'react';

type Named = { label: string; hint?: string };
type LabelledProps = Named & { children: (ids: { id: string; 'aria-describedby'?: string }) => ReactNode };

/** Ties a label and a hint to what they are of. */
export const Labelled = ({ label, hint, children }: LabelledProps): ReactNode => {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(hint !== undefined && { 'aria-describedby': `${id}-hint` }) })}
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
};

type TextFieldProps = Named &
  Omit<ComponentProps<'input'>, 'onChange' | 'value'> & { value: string; onText: (text: string) => void };

export const TextField = ({ label, hint, onText, ...input }: TextFieldProps): ReactNode => (
  <Labelled label={label} {...(hint !== undefined && { hint })}>
    {(ids) => (
      <input
        {...ids}
        autoComplete="off"
        spellCheck={false}
        {...input}
        onChange={({ target }) => onText(target.value)}
      />
    )}
  </Labelled>
);

type Option = { value: string; label: string };
type ChoiceProps = Named & { value: string; options: Option[]; onChoice: (value: string) => void };

export const Choice = ({ label, hint, value, options, onChoice }: ChoiceProps): ReactNode => (
  <Labelled label={label} {...(hint !== undefined && { hint })}>
    {(ids) => (
      <select {...ids} value={value} onChange={({ target }) => onChoice(target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )}
  </Labelled>
);
