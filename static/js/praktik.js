// SPDX-License-Identifier: EUPL-1.2
// Small conveniences. Every page works without them.
(() => {
  "use strict";
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");
  const focusFirst = (form) => {
    form.scrollIntoView({ block: "nearest" });
    const first = form.querySelector("[data-first] input") || form.querySelector("textarea");
    if (first) first.focus({ preventScroll: true });
  };
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
    if (typing(target)) target.focus();
    else target.click();
  });

  // A menu closes when one clicks beside it.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // One click, one saving: the button waits while its form is on its way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // An inline form that is open stays as it is, with what is typed in it.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const holder = event.detail.target;
    if (!holder.matches("[data-holder]") || !holder.querySelector("form")) return;
    event.preventDefault();
    focusFirst(holder.querySelector("form"));
  });

  // The inline form opens where one looks, with the cursor in its first field.
  document.addEventListener("htmx:afterSwap", (event) => {
    const form = event.target.querySelector && event.target.querySelector("form[data-open]");
    if (!form) return;
    focusFirst(form);
  });
  document.addEventListener("click", (event) => {
    const cancel = event.target.closest("[data-close]");
    const holder = cancel && cancel.closest("[data-holder]");
    if (!holder) return;
    event.preventDefault();
    holder.replaceChildren();
    const opener = document.querySelector(`[hx-target="#${holder.id}"]`);
    if (opener) opener.focus();
  });

  // The session ended while a fragment was asked for. What is typed stays: saving leads past the login and back.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 401) return;
    const typed = [...document.querySelectorAll("main textarea, main input[type=text]")].some(
      (field) => field.value !== field.defaultValue,
    );
    if (typed) document.getElementById("logged-out").hidden = false;
    else window.location.reload();
  });
})();
