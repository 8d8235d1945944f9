import { Workbench } from './stand-ins';

/** A supervisor in a process of its own: says over its channel where its data are, and runs until it is killed. */
async function main(): Promise<void> {
  const bench = new Workbench();
  await bench.stack(bench.part('postgres', 'unnoticing'), bench.part('worker', 'steady')).start();
  process.send?.({ folder: bench.folder });
}

void main();
