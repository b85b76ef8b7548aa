// Prints the sheets alone: a copy of them stands beside the app, which is hidden on paper, while it prints.

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.print;
  button.onclick = () => {
    const paper = document.body.appendChild(document.createElement("div"));
    paper.className = "paper";
    paper.append(document.querySelector(".sheets").cloneNode(true));
    addEventListener("afterprint", () => paper.remove(), { once: true });
    print();
  };
}
