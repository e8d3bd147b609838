// One request and its answer: data, a refusal in one sentence, or nothing because the line is dead.

const PATIENCE = 20_000;

/** Send a form; `lost` when no answer came or the server could not give one, so that it has to be sent again. */
export async function answer(address, body, headers = {}) {
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json", ...headers },
      signal: AbortSignal.timeout(PATIENCE),
    });
    const data = (response.headers.get("Content-Type") ?? "").includes("json") ? await response.json() : null;
    return { status: response.status, data, fault: fault(data), lost: response.status >= 500 };
  } catch {
    return { status: 0, data: null, fault: null, lost: true };
  }
}

function fault(data) {
  return data?.problems?.[0]?.detail ?? null;
}
