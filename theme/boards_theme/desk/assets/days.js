// Days are typed as people write them, or chosen from the browser's calendar.
import { one } from "./page.js";

const TYPED = /(\d{4})\s*[-.\/年]\s*(\d{1,2})\s*[-.\/月]\s*(\d{1,2})/;

export function days(form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-calendar]");
    if (!button) return;
    const calendar = one("[type=date]", button.parentElement);
    const [, year, month, day] = TYPED.exec(one("[name]", button.parentElement).value) || [];
    calendar.value = year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
    if (calendar.showPicker) calendar.showPicker();
    else calendar.focus(); // browsers of before 2022 open none by themselves
  });
  form.addEventListener("change", (event) => {
    if (!event.target.matches(".day [type=date]") || !event.target.value) return;
    const typed = one("[name]", event.target.parentElement);
    typed.value = event.target.value;
    typed.focus();
    typed.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
