import { NativeSelect, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { Field } from '../fields/field';
import type { Action, Fault } from '../forms/form';
import classes from './dialog.module.css';
import { Footer } from './footer';
import { Preview } from './preview';
import { choiceOf, useCommandForm, type Subject } from './use-command-form';

interface Props extends Subject {
  readonly onTitle: (title: string) => void;
  readonly onDirty: (isDirty: boolean) => void;
  readonly isLeaving: boolean;
  readonly onStay: () => void;
  readonly onClose: () => void;
}

const isAbout = (name: string, { pointer }: Fault) =>
  pointer === `/${name}` || pointer.startsWith(`/${name}/`);

/** What a command asks of its sender, what it would do, and the button that sends it. */
export function CommandForm({ onTitle, onDirty, isLeaving, onStay, onClose, ...subject }: Props) {
  const form = useCommandForm(subject, onClose);
  const { action, draft, isBusy, hasChanged, isDirty } = form;
  const element = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);

  const { label, title } = action;
  const isChoosing = subject.choices.length > 1;
  useEffect(() => onTitle(isChoosing ? title : label), [onTitle, isChoosing, title, label]);
  useEffect(() => onDirty(isDirty), [onDirty, isDirty]);
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
  }, []);
  useEffect(() => {
    if (tries > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);

  const isInvalid = draft.faults.length > 0 || form.isRefused || hasChanged;
  const submit = (event: Pick<SyntheticEvent, 'preventDefault'>) => {
    event.preventDefault();
    if (isBusy) return;
    if (isInvalid) setTries(tries + 1);
    else form.send();
  };
  // Wherever the focus is: no field of the form has it while somebody is at the dialog's own button.
  useHotkeys([['mod+Enter', submit]], []);
  const shownFaults = [...(tries > 0 ? draft.faults : []), ...form.serverFaults];

  return (
    <form ref={element} onSubmit={submit} noValidate>
      <div className={classes.columns}>
        <Stack gap="md">
          {isChoosing && (
            <Choices choices={subject.choices} value={choiceOf(action)} onChoose={form.choose} />
          )}
          {form.fields.map((field) => (
            <Field
              key={field.name}
              field={field}
              value={form.values[field.name]}
              onChange={(value) => form.type(field.name, value)}
              faults={shownFaults.filter((fault) => isAbout(field.name, fault))}
              about={form.about}
            />
          ))}
          {form.fields.length === 0 && !isChoosing && <Text size="sm">{action.says}</Text>}
        </Stack>
        <Preview
          before={subject.order}
          preview={form.canBeLookedAt ? form.preview.data : undefined}
          error={form.canBeLookedAt ? form.preview.error : null}
          isLoading={form.preview.isFetching}
        />
      </div>
      <Footer
        form={form}
        subject={subject}
        isInvalid={isInvalid}
        isLeaving={isLeaving}
        onStay={onStay}
        onClose={onClose}
      />
    </form>
  );
}

function Choices({
  choices,
  value,
  onChoose,
}: {
  readonly choices: readonly Action[];
  readonly value: string;
  readonly onChoose: (choice: string) => void;
}) {
  return (
    <NativeSelect
      label="What to do"
      value={value}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      data={choices.map((action) => ({ value: choiceOf(action), label: action.label }))}
    />
  );
}
