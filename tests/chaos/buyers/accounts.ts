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
  const staff = bearer(await logIn(graph, 'staff@souk.test', 'souk-demo-pass'));
  const customers = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const [email, password] = [`${run}-${index}@example.test`, `${run} horse battery`];
      const input = { email, password, name: 'Test Buyer' };
      const reply = await graph.ask<{ register: Session }>(REGISTER, { input });
      const registered = reply.answered ? reply.data.register : undefined;
      // Whoever asks again after a lost answer is known already.
      return bearer(registered?.session ? registered : await logIn(graph, email, password));
    }),
  );
  return { staff, customers };
}

async function logIn(graph: GraphClient, email: string, password: string): Promise<Session | undefined> {
  const reply = await graph.ask<{ login: Session }>(LOGIN, { input: { email, password } });
  return reply.answered ? reply.data.login : undefined;
}

function bearer(answer: Session | undefined): Identity {
  if (!answer?.session) throw new Error('Nobody can sign in, although nothing is broken yet.');
  return { authorization: `Bearer ${answer.session.accessToken}` };
}
