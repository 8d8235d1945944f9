import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Entry } from './queries';
import { inWords } from './words';

/** What was asked, and what became true, field by field. */
export function EntryDetails({ entry }: { readonly entry: Entry }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="timeline-details"
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>Details of event {entry.seq}</summary>
      {isOpen && <Details entry={entry} />}
    </details>
  );
}

function Details({ entry: { id, asked, facts, refusal } }: { readonly entry: Entry }) {
  return (
    <Stack gap="xs" mt="xs">
      <Fields fields={{ id }} />
      {Object.keys(asked).length > 0 && <Part title="Asked" fields={asked} />}
      {refusal && <Part title="Refused" fields={refusal} />}
      {facts.map((fact, index) => {
        const { type, ...fields } = fact;
        return <Part key={index} title={inWords(type)} fields={fields} />;
      })}
    </Stack>
  );
}

type FieldValues = Readonly<Record<string, unknown>>;

function Part({ title, fields }: { readonly title: string; readonly fields: FieldValues }) {
  return (
    <div>
      <Text size="xs" fw={600}>
        {title}
      </Text>
      <Fields fields={fields} />
    </div>
  );
}

function Fields({ fields }: { readonly fields: FieldValues }) {
  return (
    <dl className="timeline-fields">
      {Object.entries(fields).map(([name, value]) => (
        <div key={name}>
          <dt>{inWords(name)}</dt>
          <dd>
            <bdi>{written(value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A value of JSON in a line: lists with commas, what is in a field behind its name. */
function written(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return value.map(written).join('; ') || 'none';
  if (typeof value === 'object') {
    const parts = Object.entries(value).map(([name, each]) => `${name} ${written(each)}`);
    return parts.join(', ');
  }
  return String(value as string | number | boolean);
}
