import { Affix, Button, Group, Menu, Paper, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { actionsQuery } from '../client/queries';
import type { Action, CommandBody } from '../forms/form';
import { ActionMenu } from './action-menu';
import classes from './order-actions.module.css';
import { useDialogs } from './provider';

/** What may be done to an order now: one primary action that follows its state, the rest in a menu, with reasons. */
export function OrderActions({ number }: { readonly number: string }) {
  const { data } = useQuery(actionsQuery(number));
  const { open } = useDialogs();
  const isNarrow = useMediaQuery('(max-width: 48em)');
  const actions = data?.actions ?? [];
  const primary = actions.find((action) => action.primary);
  const likely = actions.filter((action) => action.likely);
  const onOpen = (command: object) => open({ number, command: command as CommandBody });
  const all = (
    <Menu position="bottom-end" width={320} shadow="md" trapFocus>
      <Menu.Target>
        <Button
          variant="default"
          disabled={actions.length === 0}
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          More
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <ActionMenu actions={actions} onOpen={onOpen} />
      </Menu.Dropdown>
    </Menu>
  );
  const first = primary && <ActionButton action={primary} onOpen={onOpen} fullWidth={isNarrow} />;
  if (isNarrow) {
    return (
      <Affix withinPortal={false} position={{ bottom: 0, left: 0, right: 0 }} zIndex={150}>
        <Paper className={classes.bar} role="group" aria-label={`Actions of order ${number}`}>
          <div className={classes.first}>{first}</div>
          {all}
        </Paper>
      </Affix>
    );
  }
  return (
    <Group gap="xs" role="group" aria-label={`Actions of order ${number}`}>
      {likely.map((action) => (
        <ActionButton key={action.label} action={action} onOpen={onOpen} variant="default" />
      ))}
      {all}
      {first}
    </Group>
  );
}

function ActionButton({
  action,
  onOpen,
  ...rest
}: {
  readonly action: Action;
  readonly onOpen: (command: object) => void;
  readonly variant?: 'default';
  readonly fullWidth?: boolean;
}) {
  return (
    <Tooltip
      label={action.says}
      multiline
      maw={320}
      openDelay={600}
      events={{ hover: true, focus: false, touch: false }}
    >
      <Button {...rest} onClick={() => onOpen(action.command)}>
        {action.label}
      </Button>
    </Tooltip>
  );
}
