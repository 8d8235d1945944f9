import { Button, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { signedOutQuery } from '../client/queries';

/** Says so when the session has ended meanwhile; what was typed stays underneath until one leaves. */
export function SignedOut() {
  const { data: isSignedOut } = useQuery(signedOutQuery);
  const address = useLocation({ select: ({ href }) => href });
  return (
    <Modal
      opened={isSignedOut}
      onClose={() => undefined}
      withCloseButton={false}
      title="You have been signed out"
      size="sm"
    >
      <Stack>
        <Text>Your session is over. Sign in again, and you are back on this page.</Text>
        <Button renderRoot={(props) => <Link {...props} to="/sign-in" search={{ to: address }} />}>
          Sign in again
        </Button>
      </Stack>
    </Modal>
  );
}
