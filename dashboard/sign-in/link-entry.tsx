import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { api, dataOf, type Schemas } from '../client/client';
import { FormFault, faultsOf } from '../parts/faults';
import { Failed, Loading } from '../parts/states';
import { textsOf } from '../parts/texts';
import { Door } from './door';
import { useEntering } from './entering';
import { linkQuery } from './queries';

type Use = Omit<Schemas['LinkUse'], 'link'>;
type ShownLink = Schemas['ShownSignInLink'];

const words: Readonly<Record<ShownLink['kind'], { title: string; about: string; button: string }>> =
  {
    first: {
      title: 'Welcome to Conveyor',
      about: 'You are the first one here, and become its admin.',
      button: 'Begin',
    },
    password: {
      title: 'Choose a password',
      about: 'You are signed in with it at once, and signed out everywhere else.',
      button: 'Save and sign in',
    },
    'sign-in': { title: 'Sign in', about: 'You are being signed in.', button: 'Sign in' },
  };

/** By a link. Only this page's script uses it up: programs that look at addresses before people do cannot. */
export function LinkEntry({ link }: { readonly link: string }) {
  const { data, error, refetch } = useQuery(linkQuery(link));
  if (error) {
    return (
      <Door title="Sign in">
        <Failed error={error} onRetry={() => void refetch()} />
        <Anchor component={Link} to="/sign-in" hash="">
          Sign in with your password
        </Anchor>
      </Door>
    );
  }
  if (!data) {
    return (
      <Door title="Sign in">
        <Loading rows={3} />
      </Door>
    );
  }
  return <LinkForm link={link} shown={data} />;
}

function LinkForm({ link, shown }: { readonly link: string; readonly shown: ShownLink }) {
  const entering = useEntering(
    async (use: Use) => dataOf(await api.POST('/v1/sign-in-links/use', { body: { link, ...use } })),
    {},
  );
  const faults = faultsOf(entering.error);
  const { title, about, button } = words[shown.kind];
  const isFirst = shown.kind === 'first';
  const choosesPassword = shown.kind !== 'sign-in';
  const { mutate, isIdle } = entering;
  useEffect(() => {
    if (!choosesPassword && isIdle) mutate({});
  }, [choosesPassword, isIdle, mutate]);
  return (
    <Door title={title} about={shown.name === null ? about : `Hello ${shown.name}. ${about}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          entering.mutate(textsOf(event.currentTarget));
        }}
      >
        <Stack gap="md">
          {isFirst && (
            <>
              <TextInput
                name="name"
                label="Your name"
                description="Shown beside everything that you do."
                autoComplete="name"
                error={faults.name}
                required
                withAsterisk={false}
                autoFocus
              />
              <TextInput
                name="email"
                type="email"
                label="E-mail"
                autoComplete="username"
                error={faults.email}
                required
                withAsterisk={false}
              />
            </>
          )}
          {choosesPassword && (
            <>
              {!isFirst && <KnownEmail email={shown.email ?? ''} />}
              <PasswordInput
                name="password"
                label="Password"
                description={`At least ${shown.shortestPassword} characters; a few words make a good one.`}
                autoComplete="new-password"
                minLength={shown.shortestPassword}
                error={faults.password}
                required
                withAsterisk={false}
                autoFocus={!isFirst}
              />
            </>
          )}
          <FormFault error={entering.error} />
          <Button type="submit" loading={entering.isPending}>
            {button}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}

/** For keepers of passwords, which save the pair; it has no name and so is not sent. */
function KnownEmail({ email }: { readonly email: string }) {
  return <TextInput label="E-mail" type="email" autoComplete="username" value={email} readOnly />;
}
