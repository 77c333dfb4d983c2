;;; emacs.el --- What a writer sees in Emacs with eglot, without a screen  -*- lexical-binding: t -*-

(require 'eglot)
(require 'flymake)

(defun case-fail (text)
  (princ (format "emacs: %s\n" text) #'external-debugging-output)
  (kill-emacs 1))

(defun case-check (holds text)
  (unless holds (case-fail text)))

(defun case-texts ()
  "What is said of the current buffer."
  (mapconcat #'flymake-diagnostic-text (flymake-diagnostics) "\n"))

(defun case-wait (text fits)
  "Waits until what is said of the current buffer is as it should be."
  (let ((turns 0))
    (while (and (< turns 300) (not (funcall fits)))
      (accept-process-output nil 0.1)
      (when (= (% turns 5) 4) (flymake-start))
      (setq turns (1+ turns)))
    (case-check (funcall fits) (format "%s: %s" text (case-texts)))))

(defun case-open (name)
  (find-file (expand-file-name name default-directory))
  (eglot--maybe-activate-editing-mode)
  (flymake-mode 1)
  (current-buffer))

(defun case-write (text)
  (erase-buffer)
  (insert text)
  ;; Without a screen nobody is ever idle, which is when changes are sent.
  (eglot--signal-textDocument/didChange))

;; Stands in for the package of this name.
(define-derived-mode markdown-mode text-mode "Markdown")
(add-to-list 'auto-mode-alist '("\\.md\\'" . markdown-mode))
;; What editors/README.md has people write.
(with-temp-buffer
  (insert-file-contents (getenv "EDITORS"))
  (case-check (re-search-forward "^```elisp\n\\(\\(?:.*\n\\)*?\\)```" nil t) "no block of Lisp")
  (narrow-to-region (match-beginning 1) (match-end 1))
  (eval-buffer))
(setq eglot-sync-connect 30 eglot-confirm-server-initiated-edits nil
      project-find-functions (list (lambda (folder) (cons 'transient folder))))

;; A mark behind Han characters and an emoji.
(find-file (expand-file-name "a.md" default-directory))
;; Eglot starts servers behind the command that opened a file; without a screen there are no commands.
(run-hooks 'post-command-hook)
(case-check (eglot-current-server) "no server is started")
(eglot--maybe-activate-editing-mode)
(flymake-mode 1)
(defun case-mark ()
  (seq-find (lambda (one) (string-match-p "invisible-character" (flymake-diagnostic-text one))) (flymake-diagnostics)))
(case-wait "no mark behind the emoji" #'case-mark)
(let ((begin (flymake-diagnostic-beg (case-mark))))
  (case-check (equal (char-after begin) #x200B) (format "the mark is at %s" begin))
  ;; A repair.
  (goto-char begin)
  (let* ((range (list :start (eglot--pos-to-lsp-position begin) :end (eglot--pos-to-lsp-position begin)))
         (asked (list :textDocument (eglot--TextDocumentIdentifier) :range range
                      :context (list :diagnostics [] :only ["quickfix"])))
         (actions (jsonrpc-request (eglot--current-server-or-lose) :textDocument/codeAction asked))
         (repair (seq-find (lambda (action) (eq (plist-get action :isPreferred) t)) actions)))
    (case-check repair (format "no repair is offered: %S" actions))
    (eglot--apply-workspace-edit (plist-get repair :edit))))
(case-check (not (save-excursion (goto-char (point-min)) (search-forward "\u200b" nil t))) "it was not repaired")
(case-wait "the mark stays" (lambda () (not (case-mark))))

;; A copy, told in the buffer that it was pasted into, and gone with the paste.
(let ((text (buffer-string)))
  (case-open "b.md")
  (case-check (eglot-managed-p) "the second post is not served")
  (let ((own (buffer-string)))
    (case-write text)
    (case-wait "the copy is not told of" (lambda () (string-match-p "duplicate-post" (case-texts))))
    (case-write own)
    (case-wait "the copy is told of all the same" (lambda () (not (string-match-p "duplicate-post" (case-texts)))))))

(princ (format "emacs %s: ok\n" emacs-version))
(set-buffer-modified-p nil)
(kill-emacs 0)
