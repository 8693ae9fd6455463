// Everything the server cannot do alone: keys, drawer, selection, palette, upload progress, chart
// hover. No text in the language of the reader stands here; what is said comes from the page.
(() => {
  'use strict';
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const remember = (name, on) => {
    document.cookie = `${name}=${on ? 1 : 0};path=/;max-age=31536000;samesite=lax`;
  };
  const typing = (event) =>
    /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== 'checkbox';

  // Rows of the ledger: walk, peek, tick.
  let current = -1;
  const rows = () => all('table.lg tbody tr[data-id]');
  const mark = (place) => {
    const list = rows();
    if (!list.length) return;
    current = Math.max(0, Math.min(place, list.length - 1));
    list.forEach((row, n) => row.classList.toggle('cur', n === current));
    list[current].scrollIntoView({ block: 'nearest' });
  };
  const peek = async (id) => {
    const answer = await fetch(`/matters/${id}/peek`, { headers: { 'HX-Request': 'true' } });
    if (!answer.ok) return;
    const drawer = one('#drawer');
    drawer.innerHTML = await answer.text();
    if (!drawer.open) drawer.showModal();
  };
  const palette = () => {
    const box = one('#pal');
    if (box.open) return;
    box.showModal();
    one('#palq').value = '';
    htmx.ajax('GET', '/palette?q=', { target: '#pallist', swap: 'innerHTML' });
  };
  const ticked = () => {
    const count = all('tbody .cb:checked').length;
    const bar = one('#bulk');
    if (!bar) return;
    bar.classList.toggle('on', count > 0);
    one('#bulkn').textContent = count;
    all('tbody .cb').forEach((box) => box.closest('tr').classList.toggle('sel-row', box.checked));
  };

  document.addEventListener('click', (event) => {
    const target = event.target;
    if (target.closest('#palbtn')) { event.preventDefault(); return palette(); }
    if (target.closest('[data-close]')) return target.closest('dialog').close();
    if (target.nodeName === 'DIALOG') return target.close();
    if (target.closest('[data-big]')) {
      const on = document.documentElement.classList.toggle('big');
      remember('big', on);
      return all('[data-big]').forEach((button) => button.setAttribute('aria-pressed', on));
    }
    const dense = target.closest('#densebtn');
    if (dense) {
      const on = dense.closest('.card').classList.toggle('dense');
      remember('dense', on);
      return dense.setAttribute('aria-pressed', on);
    }
    if (target.closest('[data-print]')) return print();
    if (target.closest('#bulkx')) {
      all('.cb').forEach((box) => { box.checked = false; });
      return ticked();
    }
    const row = target.closest('table.lg tbody tr[data-id]');
    if (row && !target.closest('a,button,input,form label')) {
      mark(rows().indexOf(row));
      peek(row.dataset.id);
    }
  });
  document.addEventListener('change', (event) => {
    if (event.target.id === 'ckall') {
      all('tbody .cb').forEach((box) => { box.checked = event.target.checked; });
    }
    if (event.target.classList.contains('cb')) ticked();
  });

  const inPalette = (event) => {
    // A search field would keep the first Escape for itself.
    if (event.key === 'Escape') { event.preventDefault(); return one('#pal').close(); }
    const links = all('#pallist a');
    if (!links.length) return;
    let at = links.findIndex((link) => link.classList.contains('on'));
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      links.forEach((link) => link.classList.remove('on'));
      at = (at + (event.key === 'ArrowDown' ? 1 : -1) + links.length) % links.length;
      links[at].classList.add('on');
      links[at].scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      const text = one('#palq').value;
      // Faster than the answer: what is listed is for something else.
      if (one('#pallist [data-q]')?.dataset.q !== text) {
        return location.assign(`/search?q=${encodeURIComponent(text)}`);
      }
      (links[at] || links[0]).click();
    }
  };
  // Codes of keys, not their letters, so that an input method cannot swallow them.
  const acts = {
    KeyJ: () => { mark(current + 1); if (one('#drawer').open) peek(rows()[current].dataset.id); },
    KeyK: () => { mark(current - 1); if (one('#drawer').open) peek(rows()[current].dataset.id); },
    Space: (event) => {
      if (current < 0 || !rows().length) return;
      event.preventDefault();
      const drawer = one('#drawer');
      if (drawer.open) drawer.close(); else peek(rows()[current].dataset.id);
    },
    Enter: (event) => {
      const row = rows()[current];
      if (row && event.target === document.body) location.assign(`/matters/${row.dataset.id}`);
    },
    KeyX: () => {
      const box = current >= 0 && one('.cb', rows()[current]);
      if (box) { box.checked = !box.checked; ticked(); }
    },
    KeyC: () => { if (one('a[href="/matters/new"]')) location.assign('/matters/new'); },
    Slash: (event) => {
      const field = one('#fq');
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    },
  };
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK' && one('#pal')) {
      event.preventDefault();
      return palette();
    }
    if (one('#pal') && one('#pal').open) return inPalette(event);
    if (typing(event) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = one('#drawer') && acts[event.code];
    if (act) act(event);
  });

  // Forms with files show how far they are; the answer is a page like any other.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.matches('form[data-upload]') || !window.XMLHttpRequest) return;
    const files = all('input[type=file]', form).flatMap((input) => [...input.files]);
    if (!files.length) return;
    event.preventDefault();
    const box = one('[data-most]', form);
    const say = (words) => {
      if (!box) return;
      box.hidden = !words;
      box.textContent = words || '';
      if (words) box.focus();
    };
    all('.errbox', form).forEach((other) => { if (other !== box) other.remove(); });
    say('');
    // A server that stops reading looks like a network that is gone; so it is said before.
    if (box && files.some((file) => file.size > box.dataset.most)) return say(box.dataset.large);
    const bar = one('progress.up', form);
    const button = one('button[type=submit]', form);
    button.disabled = true;
    bar.hidden = false;
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.upload.onprogress = (sent) => {
      if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total;
    };
    request.onload = () => {
      if (request.responseURL && request.status < 400) return location.assign(request.responseURL);
      document.documentElement.innerHTML = new DOMParser()
        .parseFromString(request.responseText, 'text/html').documentElement.innerHTML;
      const said = one('[role=alert]:not([hidden])');
      if (said) { said.setAttribute('tabindex', '-1'); said.focus(); }
    };
    request.onerror = () => { button.disabled = false; bar.hidden = true; say(box && box.dataset.lost); };
    request.send(new FormData(form));
  });

  let busy = 0;
  const count = (change) => (event) => {
    if (/\/live$/.test(event.detail.ctx.request.action)) return;
    busy = Math.max(0, busy + change);
    document.body.classList.toggle('busy', busy > 0);
  };
  document.addEventListener('htmx:before:request', count(1));
  document.addEventListener('htmx:finally:request', count(-1));
  // News in the bell are a swap too, and leave the rows alone.
  document.addEventListener('htmx:after:swap', () => {
    if (!one('tr.cur')) current = -1;
    ticked();
  });

  // The day under the pointer in the burn-up.
  document.addEventListener('pointermove', (event) => {
    const chart = event.target.closest && event.target.closest('[data-chart=lines]');
    if (!chart) {
      return all('.lc .tip,.lc .xh').forEach((part) => { part.style.visibility = ''; });
    }
    const box = one('.plot', chart).getBoundingClientRect();
    const lines = [chart.dataset.a, chart.dataset.b].map((text) => text.split(',').map(Number));
    const days = chart.dataset.days.split('\n');
    const last = lines[0].length - 1;
    if (last < 1) return;
    const at = Math.round(((event.clientX - box.left) / box.width) * last);
    const day = Math.max(0, Math.min(last, at));
    const left = (day / last) * 100;
    const cross = one('.xh', chart), tip = one('.tip', chart);
    cross.setAttribute('x1', left);
    cross.setAttribute('x2', left);
    cross.style.visibility = 'visible';
    tip.style.visibility = 'visible';
    const { na, nb, no } = chart.dataset;
    const [a, b] = [lines[0][day], lines[1][day]];
    tip.textContent = `${days[day]}  ${na} ${a}  ${nb} ${b}  ${no} ${a - b}`;
  });
})();
