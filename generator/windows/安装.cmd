@echo off
setlocal
title 安装支部展板
cd /d "%~dp0"
if not defined BOARDS_HOME set "BOARDS_HOME=%LOCALAPPDATA%\branch-boards"
if not defined BOARDS_SITE set "BOARDS_SITE=%USERPROFILE%\Documents\支部展板"
if not defined BOARDS_DESKTOP set "BOARDS_DESKTOP=%USERPROFILE%\Desktop"
set "PYTHON="
set "SETUP="
if not exist requirements.lock goto incomplete
call :find
if defined PYTHON goto install
for %%f in (python-3.1*-amd64.exe) do set "SETUP=%%f"
if not defined SETUP goto nopython
echo 没有找到 Python，先运行旁边的 %SETUP%，请等它装完……
call "%SETUP%" /passive InstallAllUsers=0 Include_launcher=1 InstallLauncherAllUsers=0 PrependPath=0
call :find
if not defined PYTHON goto nopython
:install
set "DONE=装好了"
if exist "%BOARDS_HOME%\venv\Scripts\python.exe" set "DONE=升级好了"
if exist "%BOARDS_HOME%\venv\Scripts\python.exe" goto packages
echo 第 1 步，共 3 步：给您建一个运行环境，在 %BOARDS_HOME%
call %PYTHON% -m venv "%BOARDS_HOME%\venv"
if errorlevel 1 goto failed
:packages
echo 第 2 步，共 3 步：安装软件包，不用上网，要一两分钟……
call "%BOARDS_HOME%\venv\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --find-links . -c requirements.lock --upgrade "branch-boards[heic]"
if errorlevel 1 goto failed
echo 第 3 步，共 3 步：在桌面放“打开支部展板”
if not exist "%BOARDS_SITE%" mkdir "%BOARDS_SITE%"
if errorlevel 1 goto failed
call "%BOARDS_HOME%\venv\Scripts\python.exe" -m boards desk --folder "%BOARDS_SITE%" --shortcut "%BOARDS_DESKTOP%"
if errorlevel 1 goto failed
echo.
echo %DONE%。台账和网站在 %BOARDS_SITE%，双击桌面上的“打开支部展板”就能用。
goto end
:incomplete
echo 这个文件夹不完整：没有 requirements.lock。请把整个文件夹拷过来再装。
goto wrong
:nopython
echo 没有装成：这台电脑没有 Python 3.11、3.12 或 3.13。
echo 请信息技术人员把 64 位的 Python 安装程序（python-3.13.x-amd64.exe）放在这个文件夹里，再双击“安装”。
goto wrong
:failed
echo.
echo 没有装成，上面英文的最后几行是原因，请拍下来给信息技术人员；原来装的还在。
goto wrong
:wrong
if not defined BOARDS_QUIET pause
exit /b 1
:end
if not defined BOARDS_QUIET pause
exit /b 0
:find
for %%v in (3.13 3.12 3.11) do if not defined PYTHON call :try %%v
for %%v in (313 312 311) do if not defined PYTHON if exist "%LOCALAPPDATA%\Programs\Python\Python%%v\python.exe" set PYTHON="%LOCALAPPDATA%\Programs\Python\Python%%v\python.exe"
exit /b 0
:try
call py -%1 -c "" >nul 2>nul
if not errorlevel 1 set "PYTHON=py -%1"
exit /b 0
