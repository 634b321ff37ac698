import type { GraphClient, Identity } from './graph-client.js';

/** Who is known to the shop. */
export interface Accounts {
  readonly staff: Identity;
  readonly customers: readonly Identity[];
}

const LOGIN = `mutation ($input: LoginInput!) {
  login(input: $input) { session { accessToken } errors { message } }
}`;
const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { session { accessToken } errors { message } }
}`;
interface Session {
  readonly session: { readonly accessToken: string } | null;
}

/** Signs in the demo's staff, and registers customers. Nothing is broken yet. */
export async function openAccounts(graph: GraphClient, run: string, count: number): Promise<Accounts> {
  const staff = await graph.ask<{ login: Session }>(LOGIN, {
    input: { email: 'staff@souk.test', password: 'souk-demo-pass' },
  });
  const customers = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const input = {
        email: `${run}-${index}@example.test`,
        password: `${run} horse battery`,
        name: 'Test Buyer',
      };
      const reply = await graph.ask<{ register: Session }>(REGISTER, { input });
      return bearer(reply.answered ? reply.data.register : undefined);
    }),
  );
  return { staff: bearer(staff.answered ? staff.data.login : undefined), customers };
}

function bearer(answer: Session | undefined): Identity {
  if (!answer?.session) throw new Error('Nobody can sign in, although nothing is broken yet.');
  return { authorization: `Bearer ${answer.session.accessToken}` };
}
