// SPDX-License-Identifier: EUPL-1.2
// Small conveniences. Every page works without them.
(() => {
  "use strict";
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");
  const focusFirst = (form) => {
    form.scrollIntoView({ block: "nearest" });
    const first =
      form.querySelector("[data-first] input") ||
      (form.closest(".spot") && form.querySelector("input:not([type=hidden]), select, textarea")) ||
      form.querySelector("textarea");
    if (first) first.focus({ preventScroll: true });
  };
  const openers = new WeakMap();
  const shortcuts = () => document.body.dataset.shortcuts === "on";

  // "/" goes to the search box and "n" logs a dialogue, unless the user has switched that off (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape") {
      const open = event.target.closest("details[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
      return;
    }
    if (!shortcuts() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (typing(target)) {
      target.focus();
      if (target.select) target.select();
    } else target.click();
  });

  // Enter in a row of choices chooses nothing and saves nothing.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && event.target.matches(".chips input")) {
      event.preventDefault();
    }
  });

  // A menu closes when one clicks beside it or leaves it by Tab.
  document.addEventListener("focusout", (event) => {
    const menu = event.target.closest("details.menu[open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // One click, one saving: a second click within three seconds is the same click. The server saves once anyhow.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    window.setTimeout(() => delete form.dataset.sent, 3000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // An inline form that is open stays as it is, with what is typed in it.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const holder = event.detail.target;
    const form = holder.matches("[data-holder]") && holder.querySelector("form");
    if (!form || event.detail.requestConfig.verb !== "get") return;
    if (holder.matches(".spot") && !form.dataset.typed) return;
    event.preventDefault();
    focusFirst(form);
  });

  // The inline form opens where one looks, with the cursor in its first field.
  document.addEventListener("htmx:afterSwap", (event) => {
    const form = event.target.querySelector && event.target.querySelector("form[data-open]");
    if (!form) return;
    focusFirst(form);
  });

  // Two rows may hold the same form: within each, ids are its own.
  const ownNames = (spot) => {
    for (const each of spot.querySelectorAll("[id]")) each.id = `${spot.id}-${each.id}`;
    for (const name of ["for", "aria-describedby", "aria-labelledby"]) {
      for (const each of spot.querySelectorAll(`[${name}]`)) {
        const named = each.getAttribute(name).split(" ").filter(Boolean);
        each.setAttribute(name, named.map((id) => `${spot.id}-${id}`).join(" "));
      }
    }
    for (const link of spot.querySelectorAll('a[href^="#"]')) link.hash = `${spot.id}-${link.hash.slice(1)}`;
  };

  // A form that opens in a row of a list is sent from there, and answered there.
  document.addEventListener("htmx:afterSwap", (event) => {
    const spot = event.target;
    if (!spot.matches || !spot.matches(".spot")) return;
    const { elt, path } = event.detail.requestConfig;
    if (!spot.contains(elt)) {
      openers.set(spot, elt);
      spot.setAttribute("role", "group");
      spot.setAttribute("aria-label", elt.getAttribute("aria-label") || "");
    }
    ownNames(spot);
    const forms = [...spot.querySelectorAll("form[method=post]")];
    for (const form of forms) {
      form.setAttribute("hx-post", form.getAttribute("action") || path);
    }
    const wrong = spot.querySelector("[data-errors]");
    if (wrong) wrong.focus();
    else if (forms.length) focusFirst(forms[0]);
  });
  document.addEventListener("click", (event) => {
    const cancel = event.target.closest("[data-close]");
    const holder = cancel && cancel.closest("[data-holder]");
    if (!holder) return;
    event.preventDefault();
    const form = holder.querySelector("form");
    if (form && form.dataset.typed && !window.confirm("Kasta det du har skrivit?")) return;
    holder.replaceChildren();
    const opener = openers.get(holder) || document.querySelector(`[hx-target="#${holder.id}"]`);
    if (opener) opener.focus();
  });

  // When the network or the server says no, the page says so. What is typed stays.
  const trouble = (words) => {
    const place = document.getElementById("trouble");
    place.textContent = words;
    place.hidden = !words;
  };
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => trouble("Servern svarar inte. Kontrollera uppkopplingen och försök igen."));
  }
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    const { elt, path } = event.detail.requestConfig;
    if (status === 401 && elt.matches(".spot form")) {
      // Sent as a page's own form it is kept, and shown again after the login.
      elt.setAttribute("action", path);
      elt.dataset.sent = "yes";
      elt.submit();
    } else if (status === 401 && !unsaved()) window.location.reload();
    else if (status === 401) trouble("Du har loggats ut. Spara ändå: du får logga in, och det du har skrivit följer med.");
    else if (status === 403) trouble("Det gick inte. Läs om sidan och försök igen.");
    else trouble("Något gick fel hos oss och inget är sparat. Försök igen, eller läs om sidan.");
  });
  document.addEventListener("htmx:beforeSend", () => trouble(""));

  // Typed text is not thrown away without asking.
  const unsaved = () => [...document.querySelectorAll("main form[data-typed]")].some((form) => !form.dataset.sent);
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.method === "post" && form.closest("main")) form.dataset.typed = "yes";
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });

  // An address that is there to be copied is chosen whole.
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("input[data-select]")) event.target.select();
  });

  // A page that opens on a form begins in it; one with errors begins with what they are.
  const errors = document.querySelector("[data-errors]");
  const opened = document.querySelector("main form[data-open]");
  if (errors) errors.focus();
  else if (opened) focusFirst(opened);
})();
