import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { isProblem } from '../client/problem';
import { draftOf, isShown, startValues, type Values } from '../forms/draft';
import type { Action, CommandBody, Fault, Order, Shop } from '../forms/form';
import { forms } from '../forms/forms';
import { tellDone } from './notify';
import { previewQuery } from './queries';
import { useSending } from './use-sending';

const TYPING_MS = 250;

export interface Subject {
  readonly number: string;
  readonly asked: CommandBody;
  readonly choices: readonly Action[];
  /** The order as it is, which others may change at any moment. */
  readonly present: { readonly version: number; readonly seq: number };
  readonly order: Order;
  readonly shop: Shop;
}

/** Tells the choices of a command apart. */
export const choiceOf = ({ command }: Action) => JSON.stringify(command);

/** The form of a command: what was typed, what it would do, and sending it once. */
export function useCommandForm(subject: Subject, onClose: () => void) {
  const { number, asked, choices, present, order, shop } = subject;
  const first = choices.find(({ allowed }) => allowed) ?? choices[0];
  const [chosen, choose] = useState(first && choiceOf(first));
  const [base, setBase] = useState(present);
  const [typed, setTyped] = useState<Values>({});
  const action = choices.find((each) => choiceOf(each) === chosen) ?? (first as Action);
  const about = useMemo(() => ({ action, order, shop }), [action, order, shop]);
  const known = useMemo(() => ({ ...action.command, ...asked }) as CommandBody, [action, asked]);

  const fields = forms[asked.type];
  const values = { ...startValues(fields, known, about), ...typed };
  const draft = draftOf(known, fields, values, about);

  const [looked] = useDebouncedValue(draft.toLookAt, TYPING_MS, { leading: true });
  const sending = useSending(number);
  const isBusy = sending.isSending || sending.isPending;
  const isStale = isProblem(sending.error, 412) || present.version !== base.version;
  const hasChanged = isStale && !isBusy;
  const preview = useQuery({
    ...previewQuery(number, base.version, looked ?? known),
    enabled: looked !== undefined && !isStale && !isBusy,
    placeholderData: keepPreviousData,
  });

  const { done } = sending;
  const isTold = useRef(false);
  const says = preview.data?.changes.says;
  useEffect(() => {
    if (!done || isTold.current) return;
    isTold.current = true;
    tellDone({ number, label: action.label, says: says ?? [], sent: done });
    onClose();
  }, [done, number, action, says, onClose]);

  const serverFaults = isProblem(preview.error) ? (preview.error.problem?.errors ?? []) : [];
  const isRefused = looked !== undefined && isProblem(preview.error);
  return {
    ...{ action, about, values, draft, base, sending, preview, isBusy, hasChanged, isRefused },
    choose,
    fields: fields.filter((field) => isShown(field, values, about)),
    isDirty: Object.keys(typed).length > 0,
    canBeLookedAt: draft.toLookAt !== undefined,
    serverFaults: serverFaults as readonly Fault[],
    type: (name: string, value: unknown) => {
      setTyped((before) => ({ ...before, [name]: value }));
      if (!isBusy && sending.error) sending.forget();
    },
    lookAgain: () => {
      sending.forget();
      setBase(present);
    },
    send: () => sending.send({ command: draft.command, version: base.version }),
  };
}
