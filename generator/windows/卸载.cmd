@echo off
setlocal
title 卸载支部展板
if not defined BOARDS_HOME set "BOARDS_HOME=%LOCALAPPDATA%\branch-boards"
if not defined BOARDS_DESKTOP set "BOARDS_DESKTOP=%USERPROFILE%\Desktop"
if not exist "%BOARDS_HOME%\venv" goto nothing
rmdir /s /q "%BOARDS_HOME%\venv"
if exist "%BOARDS_HOME%\venv" goto failed
rmdir "%BOARDS_HOME%" 2>nul
if exist "%BOARDS_DESKTOP%\打开支部展板.cmd" del "%BOARDS_DESKTOP%\打开支部展板.cmd"
echo 程序删掉了。台账和网站没有动，还在原来的文件夹里。
if not defined BOARDS_QUIET pause
exit /b 0
:nothing
echo 这台电脑上没有装过。
if not defined BOARDS_QUIET pause
exit /b 0
:failed
echo 没有删干净：先关掉工作台的黑窗口，再双击“卸载”。
if not defined BOARDS_QUIET pause
exit /b 1
