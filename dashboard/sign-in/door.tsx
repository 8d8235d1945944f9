import { Card, Center, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from '../parts/page';

/** What stands at the door, without the frame of the house. */
export function Door({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly children: ReactNode;
}) {
  usePageTitle(title);
  return (
    <Center
      component="main"
      mih="100dvh"
      p="md"
      bg="light-dark(var(--mantine-color-gray-0), var(--mantine-color-dark-8))"
    >
      <Stack w="100%" maw={400} gap="lg">
        <Group gap="xs" justify="center">
          <img src="/icon.svg" alt="" width={32} height={32} />
          <Text fw={650} size="lg">
            Conveyor
          </Text>
        </Group>
        <Card withBorder padding="xl" shadow="sm">
          <Stack gap="md">
            <div>
              <Title order={1}>{title}</Title>
              {about !== undefined && (
                <Text c="dimmed" size="sm" mt={4}>
                  {about}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Card>
      </Stack>
    </Center>
  );
}
