-- What a writer sees in Neovim. Works from 0.7 on. It is set up as editors/README.md says.
local function fail(text)
  io.stderr:write('neovim: ' .. text .. '\n')
  vim.cmd('cquit 1')
end

local function check(holds, text)
  if not holds then fail(text) end
end

-- Waits until the diagnostics of a buffer are as they should be.
local function wait(buffer, text, fits)
  local ok = vim.wait(30000, function() return fits(vim.diagnostic.get(buffer)) end, 50)
  check(ok, text .. ': ' .. vim.inspect(vim.diagnostic.get(buffer)))
end

local function lint(one)
  return one.code or (one.user_data and one.user_data.lsp and one.user_data.lsp.code)
end

local function find(all, name)
  for _, one in ipairs(all) do
    if lint(one) == name then return one end
  end
end

-- What editors/README.md has people write: for the newest Neovim, then for older ones.
local document = table.concat(vim.fn.readfile(vim.env.EDITORS), '\n')
local setups = {}
for block in document:gmatch('```lua\n(.-)```') do
  setups[#setups + 1] = assert(loadstring(block))
end
check(#setups == 2, #setups .. ' blocks of Lua')
local client
if vim.lsp.config then
  setups[1]()
else
  -- Before 0.8, servers are started and attached in two steps.
  vim.lsp.start = vim.lsp.start or function(config)
    client = client or vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(0, client)
  end
  setups[2]()
end
vim.cmd('filetype on')

local function edit(name)
  vim.cmd('edit ' .. name)
  local buffer = vim.api.nvim_get_current_buf()
  -- In Neovim that has both, by either name.
  local clients = function() return (vim.lsp.get_clients or vim.lsp.get_active_clients)({ bufnr = buffer, buffer = buffer }) end
  check(vim.wait(30000, function() return #vim.tbl_values(clients()) > 0 end, 50), name .. ': no server is started')
  client = clients()[1].id
  return buffer
end

-- A mark behind Han characters and an emoji.
local first = edit('a.md')
wait(first, 'no mark behind the emoji', function(all) return find(all, 'invisible-character') end)
local mark = find(vim.diagnostic.get(first), 'invisible-character')
local line = vim.api.nvim_buf_get_lines(first, mark.lnum, mark.lnum + 1, false)[1]
check(line:sub(mark.col + 1, mark.end_col) == '\u{200B}', 'the mark is at ' .. mark.col .. ' of ' .. line)

-- A repair.
local range = { start = { line = mark.lnum, character = 0 }, ['end'] = { line = mark.lnum + 1, character = 0 } }
local params = { textDocument = vim.lsp.util.make_text_document_params(), range = range, context = { diagnostics = {} } }
params.context.only = { 'quickfix' }
local answer = vim.lsp.buf_request_sync(first, 'textDocument/codeAction', params, 10000)
local repair
for _, action in ipairs(answer[client].result) do
  if action.isPreferred then repair = action end
end
check(repair, 'no repair is offered: ' .. vim.inspect(answer))
vim.lsp.util.apply_workspace_edit(repair.edit, vim.lsp.get_client_by_id(client).offset_encoding)
local repaired = vim.api.nvim_buf_get_lines(first, mark.lnum, mark.lnum + 1, false)[1]
check(repaired == line:gsub('\u{200B}', ''), 'after the repair: ' .. repaired)
wait(first, 'the mark stays', function(all) return not find(all, 'invisible-character') end)

-- A copy, told in the buffer that it was pasted into, and gone with the paste.
local text = vim.api.nvim_buf_get_lines(first, 0, -1, false)
local second = edit('b.md')
local own = vim.api.nvim_buf_get_lines(second, 0, -1, false)
vim.api.nvim_buf_set_lines(second, 0, -1, false, text)
wait(second, 'the copy is not told of', function(all) return find(all, 'duplicate-post') end)
vim.api.nvim_buf_set_lines(second, 0, -1, false, own)
wait(second, 'the copy is told of all the same', function(all) return not find(all, 'duplicate-post') end)

print('neovim 0.' .. vim.version().minor .. ': ok')
vim.cmd('qa!')
