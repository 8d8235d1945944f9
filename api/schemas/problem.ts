import { z } from 'zod';
import { problemKinds, type ProblemCode } from '../problem-kinds';

const codes = Object.keys(problemKinds) as [ProblemCode, ...ProblemCode[]];

const fault = z.object({
  pointer: z.string().meta({ description: 'A JSON pointer.', example: '/lines/0/quantity' }),
  detail: z.string(),
  in: z
    .enum(['query', 'path', 'header'])
    .optional()
    .meta({ description: 'Where the pointer points; into the body when absent.' }),
});

/** Every "no" of the API (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string().meta({ format: 'uri-reference' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional(),
    code: z.enum(codes),
    requestId: z.string().optional(),
    guard: z.string().optional().meta({ description: 'The rule that said no.' }),
    figures: z.looseObject({}).optional().meta({ description: 'What the rule looked at.' }),
    allowed: z.array(z.string()).optional().meta({ description: 'What would be accepted.' }),
    errors: z.array(fault).optional(),
    command: z
      .object({ id: z.string(), type: z.string(), outcome: z.literal('refused'), seq: z.int() })
      .optional()
      .meta({ description: 'The refused command; its seq is its place in the order’s history.' }),
    changes: z
      .array(z.object({ seq: z.int(), type: z.string(), at: z.string(), actor: z.string() }))
      .optional()
      .meta({ description: 'What happened to the order since the version named by If-Match.' }),
  })
  .meta({ id: 'Problem' });
