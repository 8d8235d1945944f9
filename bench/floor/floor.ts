import { condition, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';

/** Takes three messages, answers each at once and ends, whatever it is signalled besides: what any order costs on this Temporal at the least. */
export async function floor(): Promise<void> {
  let missing = 3;
  const take = () => {
    missing -= 1;
    return { outcome: 'done' };
  };
  setHandler(defineUpdate('place'), take);
  setHandler(defineUpdate('command'), take);
  setHandler(defineSignal('note'), () => undefined);
  await condition(() => missing === 0);
}
