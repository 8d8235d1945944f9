import { Radio, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { partnerChoicesQuery } from './queries';
import { roleWords } from './roles';

export interface RoleChoice<Role extends keyof typeof roleWords> {
  readonly role: Role;
  /** Of people and keys of a partner. */
  readonly partner?: string;
}

/** Which role, and whose partner's. */
export function RoleFields<Role extends keyof typeof roleWords>({
  roles,
  value: { role, partner },
  onChange,
  fault,
}: {
  readonly roles: readonly Role[];
  readonly value: RoleChoice<Role>;
  readonly onChange: (choice: RoleChoice<Role>) => void;
  readonly fault: string | undefined;
}) {
  const isOfPartner = role === 'partner';
  const { data: partners = [] } = useQuery({ ...partnerChoicesQuery, enabled: isOfPartner });
  return (
    <>
      <Radio.Group
        label="Role"
        value={role}
        onChange={(chosen) => onChange({ role: chosen as Role })}
      >
        <Stack gap="xs" mt="xs">
          {roles.map((each) => (
            <Radio
              key={each}
              value={each}
              label={roleWords[each].label}
              description={roleWords[each].may}
            />
          ))}
        </Stack>
      </Radio.Group>
      {isOfPartner && (
        <Select
          label="Partner"
          placeholder="Choose a partner"
          nothingFoundMessage="There is no such partner"
          data={partners.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
          value={partner ?? null}
          onChange={(code) => onChange({ role, ...(code !== null && { partner: code }) })}
          error={fault}
          searchable
          required
          withAsterisk={false}
        />
      )}
    </>
  );
}
