import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import bookshop from '../../examples/bookshop';
import { faults } from '../../machines/faults';
import defaultShop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { Day, stepsOf } from './day';
import { MachineCounter } from './machine-counter';
import { blocksOf, root } from './markdown';

const PATH = 'docs/customising.md';
const blocks = blocksOf(PATH);

/** The block with this word after its language, and the text block right after it. */
function example(word: string): { code: string; outcome: string } {
  const index = blocks.findIndex(({ language, words }) => language === 'ts' && words[0] === word);
  return { code: blocks[index]?.text ?? '', outcome: blocks[index + 1]?.text ?? '' };
}

/** What the compiler says of a file that lay in `examples/`. */
function complaints(code: string): string[] {
  const file = join(root, 'examples/of-the-documentation.ts');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  );
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const onDisk = { ...host };
  host.fileExists = (path) => path === file || onDisk.fileExists(path);
  host.readFile = (path) => (path === file ? code : onDisk.readFile(path));
  host.getSourceFile = (path, language) =>
    path === file
      ? ts.createSourceFile(path, code, language)
      : onDisk.getSourceFile(path, language);
  const program = ts.createProgram([file], { ...options, types: [] }, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** Runs a block that exports a shop made from the default one. */
function shopOf(code: string): Shop {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  });
  const exports: { default?: Shop } = {};
  const require = () => ({ __esModule: true, default: defaultShop });
  runInNewContext(outputText, { exports, require });
  return exports.default as Shop;
}

describe('docs/customising.md', () => {
  it('shows examples/bookshop.ts as it is', () => {
    const file = readFileSync(join(root, 'examples/bookshop.ts'), 'utf8');
    expect(example('file').code).toBe(file.trimEnd());
  });

  it('says what the bookshop does, and it does', async () => {
    const day = new Day(new MachineCounter(bookshop));
    for (const step of stepsOf(PATH)) {
      const outcome = await day.make(step);
      expect({ at: step.at, outcome }).toEqual({ at: step.at, outcome: step.expected ?? '' });
    }
  });

  it('shows a shop that does not compile, and why', () => {
    const { code, outcome } = example('does-not-compile');
    expect(complaints(code)).toEqual([outcome]);
    expect(complaints(code.replace('Dnoe', 'Done'))).toEqual([]);
  });

  it('shows a shop that compiles and is unsound, and what faults says', () => {
    const { code, outcome } = example('faults');
    expect(complaints(code)).toEqual([]);
    expect(faults(shopOf(code)).sort()).toEqual(outcome.split('\n').sort());
  });

  it('pipelines need documentation and worked examples (django-oscar #542)', () => {
    const hooks = blocks.filter(({ language, words }) => language === 'ts' && words[0] === 'hook');
    expect(hooks.length).toBeGreaterThan(3);
    for (const { at, text } of hooks) {
      expect({ at, says: complaints(text) }).toEqual({ at, says: [] });
      expect({ at, faults: faults(shopOf(text)) }).toEqual({ at, faults: [] });
    }
  });

  it('has a place for every hook of Oscar', () => {
    const page = readFileSync(join(root, PATH), 'utf8');
    const hooks = [
      ...[
        'OSCAR_ORDER_STATUS_PIPELINE',
        'OSCAR_LINE_STATUS_PIPELINE',
        'OSCAR_ORDER_STATUS_CASCADE',
      ],
      ...['OSCAR_INITIAL_ORDER_STATUS', 'OSCAR_INITIAL_LINE_STATUS'],
      ...['handle_order_status_change', 'handle_shipping_event', 'handle_payment_event'],
      ...['validate_shipping_event', 'validate_payment_event', 'have_lines_passed_shipping_event'],
      ...[
        'are_stock_allocations_available',
        'consume_stock_allocations',
        'cancel_stock_allocations',
      ],
      ...['calculate_payment_event_subtotal', 'create_shipping_event', 'create_payment_event'],
      ...['create_communication_event', 'create_note', 'OrderNumberGenerator', 'OrderCreator'],
      ...['set_status', 'shipping_status', 'available_statuses', 'all_statuses', 'StockRecord'],
      ...['CommunicationEventType', 'OrderDispatcher', 'order_placed', 'order_status_changed'],
    ];
    expect(hooks.filter((hook) => !page.includes(hook))).toEqual([]);
  });

  it('shows sound shops otherwise', () => {
    expect(faults(bookshop)).toEqual([]);
    expect(faults(defaultShop)).toEqual([]);
  });

  it('explains every field of the table', () => {
    const table = ts.createSourceFile(
      'table.ts',
      readFileSync(join(root, 'machines/table.ts'), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const rules = ['OrderStatusRule', 'LineStatusRule', 'ShippingEventRule', 'Table'];
    const fields = table.statements
      .filter(ts.isInterfaceDeclaration)
      .filter(({ name }) => rules.includes(name.text))
      .flatMap(({ members }) => members.map(({ name }) => name?.getText() ?? ''));
    const explained = readFileSync(join(root, PATH), 'utf8');
    expect(fields.filter((field) => !explained.includes(`\`${field}\``))).toEqual([]);
    expect(fields.length).toBeGreaterThan(20);
  });
});
