// Opens the report behind a password: PBKDF2 and AES-GCM of the browser itself, then the page takes this one's place.
"use strict";
const form = document.getElementById("gate");
const field = document.getElementById("password");
const said = document.getElementById("said");
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

async function keyOf(password, salt, iterations) {
  const typed = new TextEncoder().encode(password.trim().normalize("NFC"));
  const material = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
}

async function opened(password) {
  const sealed = JSON.parse(document.getElementById("sealed").textContent);
  const key = await keyOf(password, bytes(sealed.salt), sealed.iterations);
  const how = { name: "AES-GCM", iv: bytes(sealed.nonce) };
  const packed = await crypto.subtle.decrypt(how, key, bytes(sealed.content));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

function tell(words, isWrong) {
  said.textContent = words;
  said.className = isWrong ? "wrong" : "";
  field.setAttribute("aria-invalid", String(isWrong));
}

function show(report) {
  // Written into this very document, so that its security policy goes on to hold beside the report's own.
  document.open();
  document.write(report);
  document.close();
  document.getElementById("main").focus({ preventScroll: true });
}

document.getElementById("show").addEventListener("change", (event) => {
  field.type = event.target.checked ? "text" : "password";
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  if (button.disabled) return;
  if (!globalThis.crypto?.subtle || !globalThis.DecompressionStream) {
    tell(form.dataset.unable, true);
    return;
  }
  button.disabled = true;
  tell(form.dataset.busy, false);
  try {
    show(await opened(field.value));
  } catch (fault) {
    // A wrong password is an OperationError; all else is a browser that cannot do it.
    tell(fault.name === "OperationError" ? form.dataset.wrong : form.dataset.unable, true);
    button.disabled = false;
    field.select();
    field.focus();
  }
});
