// JSON-RPC to the node that served this page.

let lastId = 0;

export class RpcError extends Error {
  constructor(error) {
    super(error.message);
    this.code = error.data?.code ?? String(error.code);
    this.hint = error.data?.hint ?? null;
  }
}

/** Calls a method with named parameters and returns its result. */
export async function call(method, params = {}) {
  const answer = await post(request(method, params));
  if (answer.error) {
    throw new RpcError(answer.error);
  }
  return answer.result;
}

/** Calls a method once for each set of parameters, in one request; null for each call that fails. */
export async function callMany(method, manyParams) {
  if (manyParams.length === 0) {
    return [];
  }
  const requests = manyParams.map(params => request(method, params));
  const answers = new Map((await post(requests)).map(answer => [answer.id, answer.result ?? null]));
  return requests.map(({ id }) => answers.get(id) ?? null);
}

const request = (method, params) => ({ jsonrpc: '2.0', id: ++lastId, method, params });

async function post(body) {
  const response = await fetch('/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return await response.json();
}

/** The same, null where the node answers with an error. */
export async function ask(method, params) {
  try {
    return await call(method, params);
  } catch (error) {
    if (error instanceof RpcError) {
      return null;
    }
    throw error;
  }
}
